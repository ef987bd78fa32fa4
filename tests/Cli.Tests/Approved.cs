namespace Bulkhead.Cli.Tests;

/// <summary>Compares with an approved file beside the tests. Where it differs the received text is written next to it, to be looked at and moved.</summary>
internal static class Approved
{
    public static void Verify(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "Cli.Tests", "Approved", name);
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.received", actual);
        actual.ShouldBe(approved, $"{name} is not what was approved; look at {name}.received and move it over {name} if it is right");
    }
}
