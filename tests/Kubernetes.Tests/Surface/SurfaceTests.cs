using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Bulkhead.Kubernetes.Tests.Surface;

/// <summary>What our programs use of the Kubernetes libraries, so that they go on compiling against the published packages.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Members_UsedByOurPrograms_AreTheApprovedOnes()
    {
        string[] libraries = ["KubernetesClient.dll", "KubeOps.Operator.dll"];
        var programs = Directory.EnumerateFiles(AppContext.BaseDirectory, "Bulkhead.*.dll")
            .Where(p => !p.EndsWith(".Tests.dll", StringComparison.Ordinal) && !libraries.Contains(Path.GetFileName(p)));
        var used = programs.SelectMany(UsedMembers.Of).Distinct().Order(StringComparer.Ordinal).ToList();

        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", "members-used.received.txt"), used);
        var approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", "members-used.approved.txt"));

        string.Join("\n", used).ShouldBe(
            string.Join("\n", approved), "compare a new member with the published package, then add it to members-used.approved.txt");
    }

    [Fact]
    public async Task Switch_KubernetesPackages_NamesThePackagesInsteadOfOurProjects()
    {
        var (packages, projects) = await EvaluateAsync("true");
        packages.ShouldContain("KubernetesClient");
        packages.ShouldContain("KubeOps.Operator");
        projects.ShouldNotContain(p => p.Contains("KubeOps", StringComparison.Ordinal) || p.Contains("KubernetesClient", StringComparison.Ordinal));

        (packages, projects) = await EvaluateAsync("false");
        packages.ShouldNotContain("KubeOps.Operator");
        projects.Count(p => p.EndsWith("Bulkhead.KubeOps.csproj", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<(List<string> Packages, List<string> Projects)> EvaluateAsync(string packages)
    {
        var project = Path.Combine(Root(), "src", "Kubernetes", "Entities", "Bulkhead.Kubernetes.Entities.csproj");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", project, $"-p:KubernetesPackages={packages}", "-getItem:PackageReference", "-getItem:ProjectReference"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var items = JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!["Items"]!;
        return (Names(items["PackageReference"]), Names(items["ProjectReference"]));
    }

    private static List<string> Names(JsonNode? items) => [.. items?.AsArray().Select(i => (string)i!["Identity"]!) ?? []];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Operator.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
