namespace Bulkhead.Lua.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[],{},[{}]]")]
    [InlineData("[null,1,null]")]
    [InlineData("{\"a\":null,\"b\":[null]}")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("0.1")]
    [InlineData("1E+300")]
    [InlineData("\"caf\u00e9 \\u0000 \\\" \\\\ \\n \U0001F600\"")]
    [InlineData("true")]
    [InlineData("{\"\":{\"x y\":false}}")]
    public async Task RoundTrip_AnyJson_IsExact(string json)
    {
        using var bench = new Bench();
        var value = Bench.Json(json);
        var result = await bench.Run("return v", null, default, new LuaGlobal("v", value));
        System.Text.Json.JsonElement.DeepEquals(result.Value!.Value, value).ShouldBeTrue(result.Value?.GetRawText());
    }

    [Theory]
    [InlineData("return {1, 2, 3}", "[1,2,3]")]
    [InlineData("return {1, nil, 3}", "[1,null,3]")]
    [InlineData("return {[3] = 'c'}", "[null,null,\"c\"]")]
    [InlineData("return {}", "{}")]
    [InlineData("return array()", "[]")]
    [InlineData("return {b = 1, a = 2, c = {z = 1, y = 2}}", "{\"a\":2,\"b\":1,\"c\":{\"y\":2,\"z\":1}}")]
    [InlineData("return 10 / 2", "5")]
    [InlineData("return null", "null")]
    [InlineData("return {x = null}", "{\"x\":null}")]
    [InlineData("return 'text'", "\"text\"")]
    [InlineData("return state and 1 or 0", "0")]
    [InlineData("return 1, 2", "1")]
    public async Task Return_LuaValue_IsThisJson(string source, string json)
    {
        using var bench = new Bench();
        (await bench.Value(source)).ShouldBe(json);
    }

    [Theory]
    [InlineData("return nil")]
    [InlineData("return")]
    [InlineData("local x = 1")]
    public async Task Return_Nothing_IsNull(string source)
    {
        using var bench = new Bench();
        (await bench.Value(source)).ShouldBeNull();
    }

    [Theory]
    [InlineData("return {a = {print}}", "a[1]: a function cannot be JSON")]
    [InlineData("return {a = {b = 0/0}}", "a.b: NaN cannot be JSON")]
    [InlineData("return {1/0}", "[1]: an infinite number cannot be JSON")]
    [InlineData("local t = {} t.x = {t} return t", "x[1].x[1].x[1].x[1].x[1].x[1]...: a table that contains itself cannot be JSON")]
    [InlineData("local t = {} for i = 1, 70 do t = {t} end return t", "[1][1][1][1][1][1][1][1][1][1][1][1]...: tables nested deeper than 64 cannot be JSON")]
    [InlineData("return {1, 2, x = 3}", "a table with both items and fields cannot be JSON")]
    [InlineData("return {[1.5] = 1}", "a table with a key that is neither a whole number nor a string cannot be JSON")]
    [InlineData("return {[true] = 1}", "a table with a key that is neither a whole number nor a string cannot be JSON")]
    [InlineData("return {[0] = 1}", "a table with the item 0 cannot be JSON")]
    [InlineData("return {[100] = 1}", "an array of 1 items with one at 100 has too many gaps")]
    [InlineData("return {s = '\\xff'}", "s: the string is not valid UTF-8")]
    [InlineData("return coroutine.running()", "a thread cannot be JSON")]
    [InlineData("local t = {} for i = 1, 1000 do t[i] = i end local u = {} for i = 1, 1001 do u[i] = t end return u", "more than 1000000 values")]
    public async Task Return_NoJson_IsAnErrorThatNamesThePath(string source, string error)
    {
        using var bench = new Bench();
        (await bench.Error(source)).ShouldEndWith(error);
    }

    [Fact]
    public async Task Return_SmallTableManyTimesOver_IsBoundedInBytes()
    {
        using var bench = new Bench(new LuaVmOptions { MemoryLimit = 1024 * 1024 });
        (await bench.Error("local s = string.rep('x', 100000) local t = {} for i = 1, 1000 do t[i] = s end return t"))
            .ShouldEndWith("more than 1048576 bytes of JSON");
    }
}
