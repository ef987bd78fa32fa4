namespace Bulkhead.Engine.Tests.Reference;

/// <summary>Files of the repository that tests hold true.</summary>
internal static class Pages
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Compares a generated page with its file; the generated text is left beside the test for copying.</summary>
    public static void Compare(string path, string generated)
    {
        var received = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path));
        File.WriteAllText(received, generated);
        var same = File.Exists(Path.Combine(Root, path)) && Read(path) == generated;
        same.ShouldBeTrue($"{path} is not what is generated; copy {received} over it when the change is meant");
    }

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Operator.sln")) ? folder.FullName : Find(folder.Parent!);
}
