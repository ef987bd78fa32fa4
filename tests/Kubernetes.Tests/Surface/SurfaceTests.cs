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
        var programs = Directory.EnumerateFiles(AppContext.BaseDirectory, "Bulkhead.*.dll").Append(Path.Combine(AppContext.BaseDirectory, "bulkhead-operator.dll"))
            .Where(p => !p.EndsWith(".Tests.dll", StringComparison.Ordinal) && !libraries.Contains(Path.GetFileName(p)));
        var used = programs.SelectMany(UsedMembers.Of).Distinct().Order(StringComparer.Ordinal).ToList();

        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", "members-used.received.txt"), used);
        var approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", "members-used.approved.txt"));

        string.Join("\n", used).ShouldBe(
            string.Join("\n", approved), "compare a new member with the published package, then add it to members-used.approved.txt");
    }

    [Theory]
    [InlineData("src/Kubernetes/Entities/Bulkhead.Kubernetes.Entities.csproj")]
    [InlineData("tests/Cluster.Tests/Bulkhead.Cluster.Tests.csproj")]
    public async Task Switch_KubernetesPackages_NamesThePackagesInsteadOfOurProjects(string project)
    {
        var theirs = await EvaluateAsync(project, "true");
        theirs["PackageReference"].ShouldContain("KubernetesClient");
        theirs["PackageReference"].ShouldContain("KubeOps.Operator");
        theirs["ProjectReference"].ShouldNotContain(p => p.Contains("KubeOps", StringComparison.Ordinal) || p.Contains("KubernetesClient", StringComparison.Ordinal));

        var ours = await EvaluateAsync(project, "false");
        ours["PackageReference"].ShouldNotContain("KubeOps.Operator");
        ours["ProjectReference"].Count(p => p.EndsWith("Bulkhead.KubeOps.csproj", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Switch_KubernetesPackages_BringsTheContainerClusterAndLeavesOurRuntimesTestsOut(string packages, bool container)
    {
        var items = await EvaluateAsync("tests/Cluster.Tests/Bulkhead.Cluster.Tests.csproj", packages);

        items["PackageReference"].Contains("Testcontainers.K3s").ShouldBe(container);
        items["Compile"].Contains("Clusters/K3sServer.cs").ShouldBe(container);
        items["Compile"].Any(f => f.StartsWith("Runtime/", StringComparison.Ordinal)).ShouldBe(!container);
        items["Compile"].ShouldContain("Crds/CrdServerTests.cs");
    }

    private static async Task<Dictionary<string, List<string>>> EvaluateAsync(string project, string packages)
    {
        string[] kinds = ["PackageReference", "ProjectReference", "Compile"];
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(Root(), project), $"-p:KubernetesPackages={packages}", .. kinds.Select(k => $"-getItem:{k}")])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var items = JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!["Items"]!;
        return kinds.ToDictionary(k => k, k => Names(items[k]));
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
