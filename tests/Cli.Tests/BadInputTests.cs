using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Tests;

/// <summary>What a person meets who hands in something wrong: exit code 2, a message with path and line, never a stack trace.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string, string, string> Documents => new()
    {
        { "name: x\nnodes:\n  - name: a\n    run: \"return {}\n", "INVALID_YAML", "", "an open quote" },
        { "{\"name\": \"x\", \"nodes\": [}", "INVALID_JSON", "", "broken JSON" },
        { "name: x\nnodes:\n  - name: a\n    run: return {}\n    retires: 3\n", "UNKNOWN_FIELD", "nodes[0].retires", "a field that nobody knows" },
        { "name: x\nnodes:\n  - name: a\n    run: return {}\n    goto: nowhere\n", "UNKNOWN_NODE", "nodes[0].goto", "goto to a node that is not there" },
        { "name: x\nnodes:\n  - name: a\n    language: python\n    run: print(1)\n", "LANGUAGE_NOT_SUPPORTED", "nodes[0].language", "a python node" },
        { "name: x\nnodes: 5\n", "WRONG_TYPE", "nodes", "a number for a list" },
        { "{\"name\":\"x\",\"nodes\":[{\"id\":\"A\",\"type\":\"transform\",\"config\":{\"template\":\"1\"},\"depends_on\":[\"B\"]},{\"id\":\"B\",\"type\":\"transform\",\"config\":{\"template\":\"1\"},\"depends_on\":[\"A\"]}]}", "CYCLE_DETECTED", "", "a cycle" },
        { "name: x\nnodes:\n  - name: a\n    type: sql\n    config: {connection: nobody, query: select 1}\n", "UNKNOWN_CONNECTION", "nodes[0]", "a connection that is not declared" },
        { "name: x\nnodes:\n  - name: a\n    run: return {\n", "LUA_SYNTAX", "nodes[0]", "a broken script" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Run_FaultyDocument_SaysWhatAndWhere(string document, string code, string path, string because)
    {
        using var file = new TemporaryFile(document, ".yaml");

        var run = await CliRun.RunAsync(["run", file.Path, "--output", "json"]);

        run.ExitCode.ShouldBe(2, because);
        run.Result.Phase.ShouldBe(ExecutionPhase.Failed);
        run.Result.Problems.ShouldContain(p => p.Code == code && p.Path.StartsWith(path, StringComparison.Ordinal), $"{because}: {run.Output}");
        (run.Output + run.Error).ShouldNotContain("   at Bulkhead.");
    }

    /// <summary>The bytes are made in the test: theory data is copied to and fro by the test runner.</summary>
    [Theory]
    [InlineData("10 MB", "DOCUMENT_TOO_LARGE")]
    [InlineData("alias bomb", "TOO_MANY_VALUES")]
    [InlineData("deep nesting", "DEEP")]
    [InlineData("invalid UTF-8", "INVALID_UTF8")]
    [InlineData("100,000 nodes", "MANY")]
    [InlineData("empty", "ONE_DOCUMENT")]
    public async Task Run_HostileFile_IsRefusedByNameOfTheBound(string because, string code)
    {
        using var file = new TemporaryFile(HostileBytes(because), ".yaml");

        var run = await CliRun.RunAsync(["run", file.Path, "--output", "json"]);

        run.ExitCode.ShouldBe(2, because);
        run.Result.Problems.ShouldContain(p => p.Code.Contains(code, StringComparison.Ordinal), $"{because}: {run.Output}");
        (run.Output + run.Error).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Run_MissingFile_SaysSo()
    {
        var run = await CliRun.RunAsync(["run", "no-such-file.yaml"]);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("no-such-file.yaml");
    }

    [Theory]
    [InlineData("run", "an argument is missing")]
    [InlineData("runn examples/hello.yaml", "no such command")]
    [InlineData("run examples/hello.yaml --tiemout 5", "no such option")]
    public async Task CommandLine_Wrong_Exits2(string arguments, string because)
    {
        var run = await CliRun.RunAsync(arguments.Split(' '));

        run.ExitCode.ShouldBe(2, because);
        run.Error.ShouldContain("--help");
    }

    [Fact]
    public async Task Run_TimeoutThatIsNone_NamesTheOption()
    {
        var run = await CliRun.RunAsync(["run", Repository.Example("hello.yaml"), "--timeout", "soon"]);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("--timeout: 'soon' is no duration");
    }

    [Fact]
    public async Task Run_InlinePassword_IsRefusedUnlessAllowed()
    {
        using var connections = new TemporaryFile(
            """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: orders-db}
            spec: {type: postgres, id: 5, config: {host: 127.0.0.1, port: 1, database: x}, secretRef: {name: s}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            stringData: {username: u, password: inline-secret-71}
            """, ".yaml");

        var refused = await CliRun.RunAsync(["run", Repository.Example("multi-resource.json"), "--connections", connections.Path]);
        var allowed = await CliRun.RunAsync(["run", Repository.Example("multi-resource.json"), "--connections", connections.Path, "--allow-inline-secrets"]);

        refused.ExitCode.ShouldBe(2);
        refused.Output.ShouldContain("stringData.password");
        allowed.ExitCode.ShouldBe(1, "nobody listens on port 1: the node fails");
        (refused.Output + refused.Error + allowed.Output + allowed.Error).ShouldNotContain("inline-secret-71");
    }

    [Fact]
    public async Task Run_Stdin_IsReadForADash()
    {
        var run = await CliRun.RunAsync(["run", "-", "--output", "json"], input: "name: x\nnodes:\n  - name: a\n    run: return {n = 1}\n");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Result.State!.Value.GetProperty("n").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Run_Inputs_AreJsonOrTextAndLaterOnesWin()
    {
        using var file = new TemporaryFile("""{"a": 1, "b": [true]}""", ".json");
        using var document = new TemporaryFile("name: x\nnodes:\n  - name: n\n    run: return {sum = state.a + 1}\n", ".yaml");

        var run = await CliRun.RunAsync(["run", document.Path, "-i", $"@{file.Path}", "-i", "a=41", "-i", "c=plain text", "-o", "json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        JsonSerializer.Serialize(run.Result.State!.Value).ShouldBe("""{"a":41,"b":[true],"c":"plain text","sum":42}""");
    }

    private static byte[] HostileBytes(string name) => name switch
    {
        "10 MB" => Encoding.UTF8.GetBytes("name: " + new string('x', 10_000_000)),
        "alias bomb" => Encoding.UTF8.GetBytes(AliasBomb()),
        "deep nesting" => Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000)),
        "invalid UTF-8" => [0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xff, 0xfe],
        "100,000 nodes" => Encoding.UTF8.GetBytes("name: x\nnodes: [" + string.Join(",", Enumerable.Repeat("{}", 100_000)) + "]"),
        _ => [],
    };

    private static string AliasBomb()
    {
        var text = new StringBuilder("name: x\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++) text.Append($"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        return text.ToString();
    }
}
