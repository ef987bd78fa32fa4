using Bulkhead.Api.Templates;

namespace Bulkhead.Api.Tests.Templates;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("state.count > 3", "__expr.gt(__expr.get(state, \"count\"), 3)", "a missing field makes a comparison false")]
    [InlineData("state.ok", "__expr.truth(__expr.get(state, \"ok\"))", "truth is the language's, not Lua's")]
    [InlineData("!state.ok && state.a != 'x'", "((not __expr.truth(__expr.get(state, \"ok\"))) and __expr.ne(__expr.get(state, \"a\"), 'x'))", "C spellings")]
    [InlineData("state.a == null || true", "((__expr.absent(__expr.get(state, \"a\"))) or true)", "null is nil and JSON null")]
    [InlineData("state.items | length > 2", "__expr.gt(__expr.filters.length(__expr.get(state, \"items\")), 2)", "a filter binds tighter than every operator")]
    [InlineData("{{ state.ok }}", "__expr.truth(__expr.get(state, \"ok\"))", "braces around a condition mean nothing")]
    [InlineData("state.text == 'a && !b | c'", "(__expr.get(state, \"text\") == 'a && !b | c')", "strings stay as they are")]
    [InlineData("math.floor(state.x) == 2", "(math[\"floor\"](__expr.get(state, \"x\")) == 2)", "libraries are read directly")]
    [InlineData("#state.items >= 1", "__expr.ge(__expr.len(__expr.get(state, \"items\")), 1)", "the length of a missing list")]
    public void ToLua_Condition_GivesLua(string source, string lua, string because) =>
        Expression.ToLua(source, ExpressionUse.Condition).ShouldBe(lua, because);

    [Theory]
    [InlineData("state.a.b", "__expr.need(\"state.a.b\", state, \"a\", \"b\")", "an unknown name is an error in with")]
    [InlineData("state.a or 5", "(__expr.get(state, \"a\") or 5)", "unless a default stands beside it")]
    [InlineData("state.a | default('x')", "__expr.filters.default(__expr.get(state, \"a\"), 'x')", "or the default filter")]
    [InlineData("nodes.my-node.output.rows", "__expr.need(\"nodes.my-node.output.rows\", nodes, \"my-node\", \"output\", \"rows\")", "ids may hold hyphens")]
    [InlineData("nodes.1.output", "__expr.need(\"nodes.1.output\", nodes, \"1\", \"output\")", "ids may be numbers")]
    [InlineData("-2 ^ 2", "(- (2 ^ 2))", "power binds tighter than unary minus")]
    [InlineData("1 .. 2 .. 3", "(1 .. (2 .. 3))", "concatenation associates to the right")]
    [InlineData("{a = 1, [state.k] = {2}}", "{[(\"a\")] = 1, [(__expr.need(\"state.k\", state, \"k\"))] = {2}}", "tables")]
    [InlineData("state.items | join(', ') | upper", "__expr.filters.upper(__expr.filters.join(__expr.need(\"state.items\", state, \"items\"), ', '))", "filters chain")]
    public void ToLua_Value_GivesLua(string source, string lua, string because) =>
        Expression.ToLua(source, ExpressionUse.Value).ShouldBe(lua, because);

    [Theory]
    [InlineData("secrets.token", "there is no secrets scope: secrets live in connections only, and a workflow never sees them")]
    [InlineData("state.x | uper", "unknown filter 'uper'; did you mean 'upper'?")]
    [InlineData("state.x | upper(1)", "the filter 'upper' takes no argument, not 1")]
    [InlineData("state.x |", "a filter name is expected where the end stands")]
    [InlineData("(state.x", "')' is expected where the end stands")]
    [InlineData("state.x = 3", "unexpected '='")]
    [InlineData("'abc", "the string that begins with 'abc does not end")]
    [InlineData("function() end", "an expression cannot define a function; use a Lua node")]
    [InlineData("", "the expression is empty")]
    [InlineData("state.x; os", "unexpected ';'")]
    public void TryParse_NoExpression_SaysWhy(string source, string error)
    {
        Expression.TryParse(source, ExpressionUse.Condition, out _, out var actual).ShouldBeFalse();
        actual.ShouldBe(error);
    }

    [Fact]
    public void Parse_Template_SplitsTextAndHoles()
    {
        var template = Template.Parse("Hello {{ state.user.name | upper }}, {{ {a={b=1}} }}!");

        template.Parts.Select(p => p.Text ?? p.Expression!.Source).ShouldBe(["Hello ", "state.user.name | upper", ", ", "{a={b=1}}", "!"]);
        template.Parts[1].Expression!.Reads.ShouldBe(["state.user.name"]);
        template.Lone.ShouldBeNull();
        Template.Parse(" {{ state.n }} ").Lone!.Lua.ShouldBe("__expr.need(\"state.n\", state, \"n\")");
    }
}
