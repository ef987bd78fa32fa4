using System.Text.Json;
using Bulkhead.Engine.Nodes;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Nodes;

public sealed class ActionNodeTests
{
    [Theory]
    [InlineData("json.parse", """{"text": "[1, {\"a\": null}]"}""", """[1,{"a":null}]""")]
    [InlineData("json.stringify", """{"value": {"a": [1]}}""", "\"{\\u0022a\\u0022:[1]}\"")]
    [InlineData("data.merge", """{"base": {"a": {"b": 1, "c": 2}}, "over": {"a": {"b": 9}}}""", """{"a":{"b":9,"c":2}}""")]
    [InlineData("data.filter", """{"list": [{"k": 1, "v": 1}, {"k": 2}, {"k": 1, "v": 3}], "where": {"k": 1}}""", """[{"k":1,"v":1},{"k":1,"v":3}]""")]
    [InlineData("csv.parse", """{"text": "a,b\n1,\"x,y\"\n"}""", """[{"a":"1","b":"x,y"}]""")]
    [InlineData("csv.stringify", """{"rows": [{"a": 1, "b": "x,y"}, {"b": "z", "c": null}]}""", "\"a,b,c\\n1,\\u0022x,y\\u0022,\\n,z,\\n\"")]
    [InlineData("hash.sha256", """{"text": "abc"}""", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")]
    public async Task Action_WithArguments_Returns(string uses, string with, string expected)
    {
        var ran = await LocalRun.Of($$"""{"name": "a", "nodes": [{"name": "call", "uses": "{{uses}}", "with": {{with}}, "output": "out"}]}""");
        JsonElement.DeepEquals(ran.Succeeded()["out"], JsonElement.Parse(expected)).ShouldBeTrue(ran["out"].GetRawText());
    }

    [Theory]
    [InlineData("sleep", "{}", "sleep: 'seconds' is missing.")]
    [InlineData("sleep", """{"seconds": "1"}""", "sleep: 'seconds' must be a number, got string.")]
    [InlineData("sleep", """{"seconds": 1, "minutes": 2}""", "sleep has no parameter 'minutes'. It takes: seconds.")]
    [InlineData("sleep", """{"seconds": 100000}""", "sleep: 'seconds' must be 0 to 86400, got 100000.")]
    [InlineData("json.parse", """{"text": "[1,"}""", "json.parse: not JSON at line 1, byte 3.")]
    [InlineData("csv.parse", """{"text": "a,b\n1\n"}""", "csv.parse: line 2 has 1 fields, the header has 2.")]
    [InlineData("csv.stringify", """{"rows": [1]}""", "csv.stringify: every row must be an object.")]
    public async Task Action_WrongArguments_IsAnErrorThatNamesThem(string uses, string with, string message)
    {
        var ran = await LocalRun.Of($$"""{"name": "a", "nodes": [{"name": "call", "uses": "{{uses}}", "with": {{with}}}]}""");
        ran.Failed(message, NodeFailure.ActionError);
    }

    [Fact]
    public async Task Cache_IsSharedByBranchesAndEndsWithTheExecution()
    {
        const string Document = """
            name: cache
            nodes:
              - {name: look, uses: cache.get, with: {key: k}, output: before}
              - {name: a, uses: cache.set, with: {key: k, value: {n: 1}}}
              - {name: b, run: "return {}"}
              - {name: join, run: "return {seen = cache.get('k').n, gone = cache.delete('k'), again = cache.get('k')}"}
            edges:
              - {from: look, to: [a, b], fan_in: join}
            """;
        for (var i = 0; i < 2; i++)
        {
            var ran = (await LocalRun.Of(Document)).Succeeded();
            ran["before"].ValueKind.ShouldBe(JsonValueKind.Undefined, "another execution's cache is another cache");
            ran["seen"].GetInt32().ShouldBe(1);
            ran["gone"].GetBoolean().ShouldBeTrue();
            ran["again"].ValueKind.ShouldBe(JsonValueKind.Undefined);
        }
    }

    [Fact]
    public async Task LogAndEvents_AreEmittedWithNodeAndBranch()
    {
        var ran = await LocalRun.Of(Documents.Fork(("a", "log.warn({x = 1}) events.emit('hello', {1}) return {}")));
        var log = ran.Events.Single(e => e.Type == "log");
        (log.Node, log.Branch, log.Fields!["level"].GetString(), log.Fields["message"].GetString()).ShouldBe(("a", "a", "warn", """{"x":1}"""));
        var custom = ran.Events.Single(e => e.Type == "custom");
        custom.Fields!["data"].GetRawText().ShouldBe("[1]");
    }

    [Fact]
    public async Task ToolEvents_OfASlowAction_StandAroundIt()
    {
        var ran = await LocalRun.Of("""{"name": "a", "nodes": [{"name": "wait", "uses": "sleep", "with": {"seconds": 0}}]}""");
        ran.Events.Select(e => e.Type).Where(type => type != "resource").ShouldBe(["start", "node_start", "tool_executing", "tool_completed", "node_complete", "finish"]);
    }

    [Fact]
    public async Task With_IsATemplate_OfAllScopes()
    {
        var ran = await LocalRun.Of("""
            name: templates
            initial_state: {list: [1, 2], name: ann}
            variables: {greeting: Hi}
            nodes:
              - name: render
                uses: json.stringify
                with: {value: {all: "{{ state.list }}", text: "{{ variables.greeting }} {{ state.name | upper }}!", node: "{{ context.node }}", "{{ not a key }}": 1}}
                output: out
            """);
        ran.Succeeded()["out"].GetString().ShouldBe("""{"all":[1,2],"text":"Hi ANN!","node":"render","{{ not a key }}":1}""");
    }

    [Fact]
    public async Task With_UnknownName_IsAnError()
    {
        var ran = await LocalRun.Of("""{"name": "a", "nodes": [{"name": "x", "uses": "hash.sha256", "with": {"text": "{{ state.missing }}"}}]}""");
        ran.Failed("unknown name in 'state.missing'", NodeFailure.LuaError);
    }

    [Fact]
    public async Task IdempotencyKey_IsStableOverAttemptsAndDiffersByNodeBranchAndVisit()
    {
        const string Document = """
            name: keys
            initial_state: {keys: []}
            nodes:
              - {name: a, run: "table.insert(state.keys, context.idempotency_key) return {keys = state.keys}", goto: [{if: "#state.keys < 2", to: a}, {to: b}]}
              - {name: b, run: "table.insert(state.keys, context.idempotency_key) return {keys = state.keys}"}
            """;
        var uid = Guid.NewGuid();
        var first = await new LocalRun { Change = job => job with { ExecutionUid = uid } }.RunAsync(Document);
        var second = await new LocalRun { Change = job => job with { ExecutionUid = uid, Attempt = 2 } }.RunAsync(Document);
        var keys = first["keys"].EnumerateArray().Select(k => k.GetString()).ToList();
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        second["keys"].GetRawText().ShouldBe(first["keys"].GetRawText());
    }
}
