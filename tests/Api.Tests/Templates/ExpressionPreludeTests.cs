using System.Text.Json;
using Bulkhead.Api.Templates;
using Bulkhead.Lua;

namespace Bulkhead.Api.Tests.Templates;

/// <summary>Translated expressions, run in a real Lua VM.</summary>
public sealed class ExpressionPreludeTests : IDisposable
{
    private const string State = """
        {"n": 3, "zero": 0, "no": "No", "text": "héllo", "ok": true, "nothing": null, "list": ["a", "b", "c"], "empty": [], "user": {"name": "Ann", "tags": ["x"]}}
        """;

    private readonly LuaWorkers _workers = new();

    public void Dispose() => _workers.Dispose();

    [Theory]
    [InlineData("state.n > 2", true, "a comparison")]
    [InlineData("state.missing > 2", false, "a comparison with a missing field is false, not an error")]
    [InlineData("state.missing < 2", false, "on either side")]
    [InlineData("state.missing != 2", false, "whatever the comparison")]
    [InlineData("state.missing.deeper.still == 'x'", false, "however deep")]
    [InlineData("state.nothing > 2", false, "null is missing too")]
    [InlineData("state.missing", false, "a missing field is false")]
    [InlineData("unknown_name", false, "so is an unknown name")]
    [InlineData("unknown.name", false, "and a field of it")]
    [InlineData("state.zero", false, "0")]
    [InlineData("state.no", false, "no, in any case")]
    [InlineData("''", false, "the empty text")]
    [InlineData("'FALSE'", false, "false as text")]
    [InlineData("'none'", false, "none")]
    [InlineData("'0'", false, "0 as text")]
    [InlineData("'x'", true, "any other text")]
    [InlineData("state.empty", true, "a list is true, even an empty one")]
    [InlineData("not state.no", true, "negation follows the same rule")]
    [InlineData("!state.missing && state.ok", true, "C spelling")]
    [InlineData("state.no || state.ok", true, "or")]
    [InlineData("state.no and state.ok", false, "and: no is false although Lua says otherwise")]
    [InlineData("state.nothing == null", true, "JSON null is null")]
    [InlineData("state.missing == nil", true, "a missing field is null")]
    [InlineData("state.ok != null", true, "a present one is not")]
    [InlineData("(state.missing or 5) > 4", true, "a default beside a missing field")]
    [InlineData("state.missing + 1 > 0", false, "arithmetic on a missing field")]
    [InlineData("#state.list == 3", true, "length")]
    [InlineData("#state.missing > 0", false, "length of a missing list")]
    [InlineData("state.list | length >= 3", true, "the filter binds tighter")]
    [InlineData("state.user.name:upper() == 'ANN'", true, "a method")]
    [InlineData("state.missing:upper() == 'ANN'", false, "a method of a missing field")]
    [InlineData("state['user']['tags'][1] == 'x'", true, "computed keys")]
    [InlineData("-state.n == -3", true, "unary minus")]
    [InlineData("math.max(state.n, 7) == 7", true, "a library function")]
    [InlineData("string.find(state.user.name, 'nn') ~= nil", true, "and another")]
    public async Task Condition_InRealLua_FollowsTheRuleOfTruth(string source, bool expected, string because)
    {
        var outcome = await Run(Expression.ToLua(source, ExpressionUse.Condition));

        outcome.Error.ShouldBeNull($"{source}: {because}");
        outcome.Value!.Value.GetRawText().ShouldBe(expected ? "true" : "false", $"{source}: {because}");
    }

    [Theory]
    [InlineData("state.n + 1", "4")]
    [InlineData("state.user", """{"name":"Ann","tags":["x"]}""")]
    [InlineData("state.missing | default('x')", "\"x\"")]
    [InlineData("state.nothing | default('x')", "\"x\"")]
    [InlineData("state.missing or 5", "5")]
    [InlineData("state.text | upper", "\"H\u00e9LLO\"")]
    [InlineData("state.text | truncate(2)", "\"h\u00e9\"")]
    [InlineData("state.text | length", "5")]
    [InlineData("state.list | join(', ')", "\"a, b, c\"")]
    [InlineData("state.list | first", "\"a\"")]
    [InlineData("state.list | last | upper", "\"C\"")]
    [InlineData("state.text | last", "\"o\"")]
    [InlineData("state.user | length", "2")]
    [InlineData("state.empty | first", null)]
    [InlineData("state.list | tojson", "\"json:table\"")]
    [InlineData("({state.n, name = state.user.name}).name", "\"Ann\"")]
    [InlineData("state.user.name .. '!'", "\"Ann!\"")]
    public async Task Value_InRealLua_KeepsItsType(string source, string? json)
    {
        var outcome = await Run(Expression.ToLua(source));

        outcome.Error.ShouldBeNull(source);
        outcome.Value?.Readable().ShouldBe(json is null ? "null" : json, source);
    }

    [Fact]
    public async Task Value_UnknownName_IsAnErrorThatNamesThePath() =>
        (await Run(Expression.ToLua("state.user.nmae"))).Error!.ShouldContain("unknown name in 'state.user.nmae': there is no 'nmae'");

    private async Task<LuaOutcome> Run(string lua)
    {
        using var vm = new LuaVm(_workers, new LuaVmOptions(), null);
        var source = $"local __expr = (function(...)\n{ExpressionPrelude.Lua}\nend)(null, {{tojson = function(v) return 'json:' .. type(v) end}})\nreturn {lua}";
        return await vm.RunAsync(new LuaScript("test", source), [new LuaGlobal("state", JsonElement.Parse(State))], null, CancellationToken.None);
    }
}
