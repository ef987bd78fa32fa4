namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>The chart, rendered with a values file of this suite.</summary>
internal static class Rendered
{
    public const string Namespace = "bulkhead-system";

    /// <summary>Names of the values files; <c>images</c> alone is what a new user sets.</summary>
    public static IEnumerable<string> Values => Directory.EnumerateFiles(Repository.Path("tests", "Chart.Tests", "Values")).Select(Path.GetFileNameWithoutExtension).Order()!;

    public static TheoryData<string> AllValues => new(Values);

    public static string[] Flags(string values) =>
        ["-n", Namespace, "-f", Repository.Path("tests", "Chart.Tests", "Values", "images.yaml"), "-f", Repository.Path("tests", "Chart.Tests", "Values", $"{values}.yaml")];

    public static async Task<IReadOnlyList<Manifest>> ChartAsync(string values, params string[] more)
    {
        var version = more.Contains("--kube-version") ? Array.Empty<string>() : ["--kube-version", "1.30.0"];
        return Manifest.Read(await Repository.EngAsync("chart", ["render", .. Flags(values), .. version, .. more]));
    }
}
