using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>What <c>describe</c> shows when it cannot read all.</summary>
public sealed class DescribeFaultTests
{
    [Fact]
    public async Task Describe_LogDoesNotAnswer_ShowsTheRestAndNoStates()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                if (!Is(context, "GET", "/log")) return false;
                await Task.Delay(TimeSpan.FromSeconds(60));
                return true;
            },
        };

        var run = await cluster.RunAsync("describe", "running");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBe("log not read: no answer within 5 s\n");
        ShouldShowAllButStates(run.Output);
    }

    [Fact]
    public async Task Describe_NeitherLogNorEventsMayBeRead_ShowsTheRestAndNoStates()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                if (!Is(context, "GET", "/log") && !Is(context, "GET", "/events")) return false;
                var resource = context.Request.Url!.AbsolutePath.Split('/')[^1];
                await RefuseAsync(context, 403, $"{resource} is forbidden: User \"eve\" cannot list resource \"{resource}\" in API group \"\" in the namespace \"acme\"");
                return true;
            },
        };

        var run = await cluster.RunAsync("describe", "running");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("log not read: eve may not list log in namespace acme.");
        run.Error.ShouldContain("events not read: eve may not list events in namespace acme.");
        ShouldShowAllButStates(run.Output);
    }

    [Fact]
    public async Task Describe_ServerSaysSomethingHostile_SteersNoTerminal()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                if (!Is(context, "GET", "/events")) return false;
                await RefuseAsync(context, 409, "no \u001b[31mevents\u202e");
                return true;
            },
        };

        var run = await cluster.RunAsync("describe", "running");

        run.Error.ShouldContain("events not read: ");
        run.Error.ShouldNotContain("\u001b");
        run.Error.ShouldNotContain("\u202e");
    }

    private static void ShouldShowAllButStates(string output)
    {
        output.ShouldContain("acme/running");
        output.ShouldContain("JobFixed");
        output.ShouldContain("Nodes: 4, their states are not known: the log of the worker was not read");
        output.ShouldContain("fetch");
        output.ShouldNotContain("Waiting", customMessage: "nobody knows that");
    }
}
