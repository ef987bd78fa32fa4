using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Chart.Tests;

/// <summary>The working tree, and the scripts in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>Runs a script of <c>eng/</c> and gives its standard output.</summary>
    public static Task<string> EngAsync(string script, params IEnumerable<string> arguments) =>
        Shell.RunAsync(Path("eng", script), arguments, within: TimeSpan.FromMinutes(10));

    /// <summary>Compares with an approved file. Where it differs, the received text is written next to it, to be looked at and moved.</summary>
    public static void Verify(string name, string actual)
    {
        var path = Path("tests", "Chart.Tests", "Approved", name);
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return;
        File.WriteAllText($"{path}.received", actual);
        actual.ShouldBe(approved, $"{name} is not what was approved; look at {name}.received and move it over {name} if it is right");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Operator.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Operator.sln was not found above the test's folder.");
    }
}
