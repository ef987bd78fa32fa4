namespace Bulkhead.Cli.Tests;

/// <summary>A word that is none of those that an option takes: refused by name, with those that it takes.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData("list --phase Runing", "--phase: 'Runing' is none of New, Waiting, Pending, Running, Releasing, Suspended, Succeeded, Failed, Cancelled.")]
    [InlineData("list --phase Running --phase 3", "--phase: '3' is none of New, Waiting, Pending, Running, Releasing, Suspended, Succeeded, Failed, Cancelled.")]
    [InlineData("list -o xml", "--output: 'xml' is none of table, json, yaml, name.")]
    [InlineData("get x -o 9", "--output: '9' is none of table, json, yaml, name.")]
    [InlineData("logs x -o 1", "--output: '1' is none of text, json.")]
    [InlineData("top -o yaml", "--output: 'yaml' is none of text, json.")]
    [InlineData("run x.yaml --output xml", "--output: 'xml' is none of text, json.")]
    [InlineData("run x.yaml --allow-http all", "--allow-http: 'all' is none of none, public, any.")]
    [InlineData("run x.yaml --allow-http none,any", "--allow-http: 'none,any' is none of none, public, any.")]
    [InlineData("serve --tokens x --allow-http 2", "--allow-http: '2' is none of none, public, any.")]
    [InlineData("graph x.yaml --format 8", "--format: '8' is none of mermaid, dot, json.")]
    public async Task Option_WordThatItDoesNotTake_SaysWhichItTakes(string line, string expected)
    {
        var run = await CliRun.RunAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.Split('\n')[0].ShouldBe(expected);
    }

    [Theory]
    [InlineData("DOT")]
    [InlineData("dot")]
    public async Task Option_Word_IsTakenInEitherCase(string format)
    {
        var run = await CliRun.RunAsync(["graph", Repository.Example("hello.yaml"), "--format", format]);

        run.Output.ShouldStartWith("digraph", Case.Sensitive, run.Error);
    }
}
