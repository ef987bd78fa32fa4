namespace Bulkhead.Lua.Tests;

public sealed class SyntaxTests
{
    [Fact]
    public void Check_ValidSource_IsNull() => LuaSyntax.Check("return 1", "n").ShouldBeNull();

    [Theory]
    [InlineData("x = = 1", 1, "unexpected symbol near '='")]
    [InlineData("\n\nfor", 3, "<name> expected near <eof>")]
    [InlineData("\u001bLua", 1, "attempt to load a binary chunk (mode is 't')")]
    public void Check_Fault_HasLineAndMessage(string source, int line, string message) =>
        LuaSyntax.Check(source, "branch: a").ShouldBe(new LuaSyntaxFault(message, line));

    [Theory]
    [InlineData("state.x > 3", true)]
    [InlineData("1 -- comment", true)]
    [InlineData("x = 1", false)]
    [InlineData("", false)]
    [InlineData("return 1", false)]
    public void CheckExpression_Text_IsValidOrNot(string expression, bool valid) =>
        (LuaSyntax.CheckExpression(expression, "when") == null).ShouldBe(valid);

    [Fact]
    public async Task Expression_Runs_ToItsValue()
    {
        using var bench = new Bench();
        var outcome = await bench.Vm.RunAsync(LuaScript.Expression("when", "1 + 2 -- three"), [], null, default);
        outcome.Value!.Value.GetRawText().ShouldBe("3");
    }

    [Fact]
    public async Task RunAsync_SyntaxError_NamesScriptAndLine()
    {
        using var bench = new Bench();
        (await bench.Error("\nx = = 1")).ShouldBe("test:2: unexpected symbol near '='");
    }
}
