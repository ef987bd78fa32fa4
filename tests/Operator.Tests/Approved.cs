namespace Bulkhead.Operator.Tests;

/// <summary>Compares with an approved file. Where it differs the received text is written next to it, to be looked at and moved.</summary>
internal static class Approved
{
    public static string Root { get; } = FindRoot();

    public static void Verify(string name, string actual) => VerifyFile(Path.Combine("tests", "Operator.Tests", "Approved", name), actual);

    /// <param name="file">Path from the root of the repository.</param>
    /// <param name="actual">What it must say.</param>
    public static void VerifyFile(string file, string actual)
    {
        var path = Path.Combine(Root, file);
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return;
        File.WriteAllText($"{path}.received", actual);
        actual.ShouldBe(approved, $"{file} is not what was approved; look at {file}.received and move it over {file} if it is right");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Operator.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
