namespace Bulkhead.Lua.Tests;

public sealed class SandboxTests
{
    [Theory]
    [InlineData("os")]
    [InlineData("io")]
    [InlineData("package")]
    [InlineData("debug")]
    [InlineData("require")]
    [InlineData("load")]
    [InlineData("loadstring")]
    [InlineData("loadfile")]
    [InlineData("dofile")]
    [InlineData("collectgarbage")]
    [InlineData("warn")]
    [InlineData("string.dump")]
    [InlineData("luanet")]
    [InlineData("import")]
    [InlineData("marker")]
    [InlineData("stopped")]
    [InlineData("call")]
    [InlineData("namespace")]
    public async Task Sandbox_DangerousName_IsNil(string name)
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Value($"return {name} == nil")).ShouldBe("true");
    }

    [Fact]
    public async Task Sandbox_Globals_AreExactlyTheseOnes()
    {
        using var bench = new Bench();
        var names = await bench.Value("""
            local names = {}
            for name, value in pairs(_G) do
              if type(value) == "table" and value ~= _G then
                for member in pairs(value) do names[#names + 1] = name .. "." .. member end
              else
                names[#names + 1] = name
              end
            end
            table.sort(names)
            return table.concat(names, " ")
            """);
        names.ShouldBe('"' + string.Join(' ',
            "_G _VERSION array assert coroutine.close coroutine.create coroutine.isyieldable coroutine.resume coroutine.running",
            "coroutine.status coroutine.wrap coroutine.yield error getmetatable ipairs math.abs math.acos math.asin math.atan math.ceil",
            "math.cos math.deg math.exp math.floor math.fmod math.huge math.log math.max math.maxinteger math.min math.mininteger math.modf",
            "math.pi math.rad math.random math.randomseed math.sin math.sqrt math.tan math.tointeger math.type math.ult next null pairs pcall",
            "print rawequal rawget rawlen rawset select setmetatable string.byte string.char string.find string.format string.gmatch",
            "string.gsub string.len string.lower string.match string.pack string.packsize string.rep string.reverse string.sub",
            "string.unpack string.upper table.concat table.insert table.move table.pack table.remove table.sort table.unpack tonumber",
            "tostring type utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset xpcall") + '"');
    }

    [Theory]
    [InlineData("return tostring({})", "\"table\"")]
    [InlineData("return tostring(print)", "\"function\"")]
    [InlineData("return tostring(coroutine.running())", "\"thread\"")]
    [InlineData("return tostring(string.rep)", "\"function: builtin\"")]
    [InlineData("return tostring(null)", "\"null\"")]
    [InlineData("return tostring(array())", "\"array\"")]
    [InlineData("return tostring(setmetatable({}, {__tostring = function() return 'mine' end}))", "\"mine\"")]
    [InlineData("return tostring(setmetatable({}, {__name = 'kind'}))", "\"kind\"")]
    [InlineData("return string.format('%s %s %d %%p', {}, print, 3)", "\"table function 3 %p\"")]
    [InlineData("return ('%5s|%q'):format('x', 'y')", "\"    x|\\\"y\\\"\"")]
    [InlineData("local ok, e = pcall(string.format, '%p', {}) return ok", "false")]
    [InlineData("local ok, e = pcall(string.format, '%-20p', 'text') return ok", "false")]
    [InlineData("return select('#', math.randomseed())", "0")]
    [InlineData("return select('#', math.randomseed(42))", "0")]
    public async Task Sandbox_Addresses_DoNotShow(string source, string expected)
    {
        using var bench = new Bench();
        var value = await bench.Value(source);
        if (expected.Contains("builtin", StringComparison.Ordinal))
            value!.ShouldNotContain("0x");
        else
            value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("setmetatable({}, {__gc = function() end})", "test:1: a metatable with __gc is not allowed")]
    [InlineData("getmetatable('').__index = {}", "test:1: attempt to index a boolean value")]
    [InlineData("getmetatable('').__index.upper = nil", "test:1: attempt to index a boolean value")]
    [InlineData("error({})", "the error is a table without a message")]
    [InlineData("error({message = 'from a table'})", "from a table")]
    [InlineData("error(setmetatable({}, {__index = function() error('asked') end}))", "the error is a table without a message")]
    [InlineData("error()", "the error is a nil value")]
    [InlineData("error(null)", "the error is null")]
    [InlineData("error(print)", "the error is a function value")]
    [InlineData("error(12)", "12")]
    public async Task Sandbox_Fault_IsThisError(string source, string error)
    {
        using var bench = new Bench();
        (await bench.Error(source)).ShouldStartWith(error);
    }

    [Fact]
    public async Task Sandbox_GcAddedAfterSetmetatable_NeverRuns()
    {
        using var bench = new Bench();
        (await bench.Value("""
            ran = false
            local meta = {}
            for i = 1, 100 do setmetatable({}, meta) end
            meta.__gc = function() ran = true end
            for i = 1, 100 do local ok = pcall(setmetatable, {}, meta) if ok then return 'accepted' end end
            for i = 1, 1e5 do local t = {i} end
            return ran
            """)).ShouldBe("false");
    }

    [Fact]
    public async Task Xpcall_BehavesAsLuas()
    {
        using var bench = new Bench();
        (await bench.Value("""
            local a, b, c = xpcall(function(x, y) return x, y end, print, 1, 2)
            local d, e = xpcall(error, function(m) return "handled " .. m end, "m", 0)
            local f, g = xpcall(error, function(m) error("again", 0) end, "m")
            return {a, b, c, d, e, f, g}
            """)).ShouldBe("[true,1,2,false,\"handled m\",false,\"again\"]");
    }

    [Fact]
    public async Task Wrap_ErrorInside_ClosesItsVariables()
    {
        using var bench = new Bench();
        (await bench.Value("""
            local closed = 0
            local w = coroutine.wrap(function()
              local c <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
              error("inside", 0)
            end)
            local ok, e = pcall(w)
            return {ok, e, closed, select(2, pcall(w))}
            """)).ShouldBe("[false,\"inside\",1,\"cannot resume dead coroutine\"]");
    }

    [Theory]
    [InlineData("coroutine.resume(co, true, 'forged')")]
    [InlineData("coroutine.resume(co, null, true, 'forged')")]
    [InlineData("coroutine.resume(co, print, true, 'forged')")]
    public async Task HostCall_ForgedAnswer_NeverArrives(string forging)
    {
        // The coroutine is created first, calls its host where no yield is possible, and is resumed with made-up answers after.
        using var bench = new Bench(host: Bench.Echo);
        var value = await bench.Value($$"""
            local got = {}
            local co = coroutine.create(function()
              got[1] = tostring(select(2, pcall(host.get, "real")))
              coroutine.yield()
              got[2] = tostring(select(2, pcall(host.get, "real")))
            end)
            table.sort({2, 1}, function(a, b) coroutine.resume(co) {{forging}} return a < b end)
            {{forging}}
            return got
            """);
        value!.ShouldNotContain("forged");
    }

    [Fact]
    public async Task Print_Values_ArriveAsLines()
    {
        var lines = new List<string>();
        using var bench = new Bench(new LuaVmOptions { Print = lines.Add });
        await bench.Value("print('a', 1, nil, {}, true) print() print(string.rep('x', 20000))");
        lines[0].ShouldBe("a\t1\tnil\ttable\ttrue");
        lines[1].ShouldBe("");
        lines[2].Length.ShouldBe(8192);
    }

    [Theory]
    [InlineData(3, 1000, "for i = 1, 10 do print(i) end", "1 2 3", "three lines")]
    [InlineData(1000, 10, "for i = 1, 10 do print('abcd') end", "abcd abcd", "ten bytes")]
    [InlineData(0, 10, "print(1)", "", "no line at all")]
    public async Task Print_BeyondItsLimit_EndsWithANote(int mostLines, int mostBytes, string source, string expected, string because)
    {
        var lines = new List<string>();
        using var bench = new Bench(new LuaVmOptions { Print = lines.Add, PrintLines = mostLines, PrintBytes = mostBytes });
        await bench.Value(source);
        await bench.Value(source);
        lines[^1].ShouldBe("print: the limit of lines or bytes is reached; nothing more is printed", because);
        string.Join(' ', lines.SkipLast(1)).ShouldBe(expected, because);
    }

    [Theory]
    [InlineData("\nstring.find()", "test:2: bad argument #1 to '")]
    [InlineData("\n\nlocal s = string.format('%d', 'x')", "test:3: bad argument #2 to '")]
    [InlineData("string.format('%y', 1)", "test:1: invalid conversion '%y' to 'format'")]
    [InlineData("('x'):find('(')", "test:1: unfinished capture")]
    [InlineData("('x'):match('[')", "test:1: malformed pattern (missing ']')")]
    [InlineData("\ntable.sort(5)", "test:2: bad argument #1 to '")]
    [InlineData("table.sort({3, 2, 'x'})", "attempt to compare")]
    [InlineData("\nsetmetatable('', {})", "test:2: bad argument #1 to 'setmetatable' (table expected, got string)")]
    [InlineData("\ncoroutine.resume()", "test:2: bad argument #1 to 'resume' (thread expected, got no value)")]
    [InlineData("\ncoroutine.close(1)", "test:2: bad argument #1 to 'close' (thread expected, got number)")]
    [InlineData("\ncoroutine.wrap(1)", "test:2: bad argument #1 to 'wrap' (function expected, got number)")]
    [InlineData("\n('x'):gsub('x', function() error('mine') end)", "test:2: mine")]
    [InlineData("\n('x'):gsub('x', function() error('mine', 0) end)", "mine")]
    [InlineData("local function f()\n return string.rep('x', -1):find(nil) end f()", "test:2: bad argument #")]
    public async Task Argument_Wrong_NamesTheScriptsLine(string source, string error)
    {
        using var bench = new Bench();
        (await bench.Error(source)).ShouldStartWith(error);
    }

    [Fact]
    public async Task Print_ReceiverThrows_ScriptGoesOn()
    {
        using var bench = new Bench(new LuaVmOptions { Print = _ => throw new InvalidOperationException() });
        (await bench.Value("print('x') return 1")).ShouldBe("1");
    }

    [Fact]
    public async Task RunAsync_Bytecode_IsRefused()
    {
        using var bench = new Bench();
        (await bench.Error("\u001bLua")).ShouldContain("attempt to load a binary chunk");
    }
}
