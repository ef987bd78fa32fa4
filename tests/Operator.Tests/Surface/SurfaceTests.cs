using System.CommandLine;
using Bulkhead.Operator.Hosting;

namespace Bulkhead.Operator.Tests.Surface;

/// <summary>What people, scripts and dashboards lean on.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public async Task Help_IsTheApprovedOne()
    {
        using var output = new StringWriter();

        var exit = await OperatorCommand.Create().Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = output });

        exit.ShouldBe(0);
        var lines = output.ToString().Split('\n').Select(l => l.TrimEnd()).Where(l => !l.TrimStart().StartsWith("testhost", StringComparison.Ordinal));
        Approved.Verify("help.txt", string.Join('\n', lines).Trim() + "\n");
    }

    [Theory]
    [InlineData("", "the image is required")]
    [InlineData("--worker-image x --worker-image-pull-policy Sometimes", "no such policy")]
    [InlineData("--worker-image x --parallel many", "no number")]
    [InlineData("--worker-image x --what", "no such option")]
    public void Arguments_Wrong_AreRefused(string arguments, string because) =>
        OperatorCommand.Create().Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.ShouldNotBeEmpty(because);

    [Fact]
    public async Task Metrics_Page_IsTheDocumentedOne() => Approved.VerifyFile(Path.Combine("docs", "metrics.md"), await MetricsPage.WriteAsync());
}
