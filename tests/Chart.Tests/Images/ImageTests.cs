using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Images;

/// <summary>The images: the Dockerfile built for real by buildah, and the one for the test cluster. Both are built once for each change of their sources.</summary>
public sealed class ImageTests
{
    /// <summary>Compatible subsets of packages, built here.</summary>
    private static readonly string[] Ours = ["KubernetesClient", "KubeOps.Operator"];

    [Theory]
    [InlineData("worker", true)]
    [InlineData("worker", false)]
    [InlineData("operator", true)]
    [InlineData("operator", false)]
    public async Task Image_OfAProgram_RunsItAsNobodySpecial(string program, bool fromDockerfile)
    {
        var image = await BuildAsync(program, fromDockerfile);

        var config = image.Config["config"]!;
        ((string?)config["User"]).ShouldBe("1654:1654");
        ((string?)config["Entrypoint"]![0]).ShouldBe($"/app/bulkhead-{program}");
        config["Env"]!.AsArray().Select(e => (string)e!).ShouldContain("MALLOC_ARENA_MAX=2");
        foreach (var label in (string[])["title", "description", "licenses", "version", "revision"])
            ((string?)config["Labels"]![$"org.opencontainers.image.{label}"]).ShouldNotBeNullOrEmpty(label);
        image.Files.Keys.Where(f => f is "bin/sh" or "usr/bin/sh" || f.EndsWith(".pdb", StringComparison.Ordinal) || f.EndsWith("local-ca.crt", StringComparison.Ordinal)).ShouldBeEmpty();
        image.Times.Where(t => t.Key.StartsWith("app/", StringComparison.Ordinal)).ShouldAllBe(t => t.Value <= DateTimeOffset.UnixEpoch, "a time of the build would make each build another image");
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("operator")]
    public async Task Program_BuiltTwiceInTwoPlaces_IsTheSameToTheByte(string program)
    {
        var one = await BuildAsync(program, fromDockerfile: true);
        var other = await BuildAsync(program, fromDockerfile: false);

        var files = App(one).Where(f => f != "app/sbom.cdx.json").ToList();
        files.Count.ShouldBeGreaterThan(10);
        App(other).Where(f => f != "app/sbom.cdx.json").ShouldBe(files);
        foreach (var file in files) one.Files[file].AsSpan().SequenceEqual(other.Files[file]).ShouldBeTrue(file);
    }

    [Theory]
    [InlineData("worker", "KeraLua", "Npgsql", "Microsoft.NETCore.App")]
    [InlineData("operator", "System.CommandLine", "Microsoft.NETCore.App", "Microsoft.AspNetCore.App")]
    public async Task Sbom_InAnImage_NamesItsParts(string program, params string[] parts)
    {
        var image = await BuildAsync(program, fromDockerfile: true);

        var sbom = JsonNode.Parse(image.Files["app/sbom.cdx.json"])!;
        ((string?)sbom["bomFormat"]).ShouldBe("CycloneDX");
        var names = sbom["components"]!.AsArray().Select(c => (string)c!["name"]!).ToList();
        foreach (var part in parts) names.ShouldContain(part);
        foreach (var dll in names.Where(n => image.Files.ContainsKey($"app/{n}.dll"))) dll.ShouldNotStartWith("Bulkhead.");
        var packages = App(image).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f));
        packages.Where(p => !p.StartsWith("Bulkhead.", StringComparison.Ordinal) && !p.StartsWith("bulkhead-", StringComparison.Ordinal)).Except(Ours).Except(names)
            .ShouldBeEmpty("every part is listed");
    }

    private static IEnumerable<string> App(OciImage image) => image.Files.Keys.Where(f => f.StartsWith("app/", StringComparison.Ordinal) && f.Length > 4).Order(StringComparer.Ordinal);

    private static async Task<OciImage> BuildAsync(string program, bool fromDockerfile) =>
        OciImage.Read(await (fromDockerfile ? BuiltImages.FromDockerfileAsync(program) : BuiltImages.NativeAsync(program)));
}
