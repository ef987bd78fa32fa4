namespace Bulkhead.Testing;

/// <summary>Where things lie in the checkout that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The published programs, as <c>eng/run</c> and <c>eng/test</c> build them.</summary>
    public static string Bulkhead => Program("bulkhead");

    public static string Worker => Program("bulkhead-worker");

    public static string Example(string name) => Path.Combine(Root, "examples", name);

    private static string Program(string name)
    {
        var path = Path.Combine(Root, "artifacts", "bulkhead", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Run: eng/test", path);
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Operator.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Operator.sln"));
}
