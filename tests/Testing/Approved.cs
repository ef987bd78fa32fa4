namespace Bulkhead.Testing;

/// <summary>Compares with an approved file beside the tests. Where it differs the received text is written next to it, to be looked at and moved.</summary>
public static class Approved
{
    /// <param name="project">Folder of the tests: <c>Cli.Tests</c>.</param>
    /// <param name="name">The file in its folder <c>Approved</c>.</param>
    /// <param name="actual">What it must be.</param>
    public static void Verify(string project, string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", project, "Approved", name);
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.received", actual);
        actual.ShouldBe(approved, $"{name} is not what was approved; look at {name}.received and move it over {name} if it is right");
    }
}
