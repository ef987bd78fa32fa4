using System.Text.Json;
using Bulkhead.Lua.Tests.Stress;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Lua.Tests.Fuzz;

/// <summary>Random programs and values: no crash, no hang, no leak, nothing that gets out of its VM.</summary>
[Collection("One after the other")]
public sealed class FuzzTests : IDisposable
{
    private const long Limit = 512 * 1024;

    private const string Canary = """
        local names = {}
        for name in pairs(_G) do names[#names + 1] = name end
        table.sort(names)
        return table.concat(names, " ") .. tostring(string.find) .. select("#", string.gsub("x", "x", "y"))
        """;

    private readonly LuaWorkers _workers = new(2);
    private readonly LuaMemoryBudget _budget = new(1L << 30);

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Programs_Random_StayInTheirVm()
    {
        using var sibling = new Bench(host: Bench.Echo, workers: _workers);
        var before = Outcome(sibling, Canary).Value!.Value.GetRawText();
        Check(Scale.Of(20_000, 1_000_000), Prop.ForAll(LuaPrograms.All, program =>
        {
            using var bench = new Bench(
                new LuaVmOptions { MemoryLimit = Limit, Budget = _budget, AbandonGrace = TimeSpan.FromSeconds(60), Print = _ => { } },
                Bench.Echo,
                _workers);
            var outcome = bench.Run(program, new LuaDeadline(TimeSpan.FromMilliseconds(5))).GetAwaiter().GetResult();
            return !outcome.Abandoned
                && bench.Vm.IsUsable == outcome.Status is LuaStatus.Ok or LuaStatus.Error
                && bench.Vm.PeakBytes <= Limit + 64 * 1024
                && (outcome.Error == null || !outcome.Error.Contains("0x", StringComparison.Ordinal))
                && (outcome.Status != LuaStatus.Error || outcome.Error != "internal error");
        }));
        Outcome(sibling, Canary).Value!.Value.GetRawText().ShouldBe(before);
        _budget.Used.ShouldBe(0);
        _workers.Abandoned.ShouldBe(0);
    }

    [Fact]
    public void Json_Random_RoundTripsExactly()
    {
        using var bench = new Bench(host: Bench.Echo, workers: _workers);
        const string source = """
            local function copy(v)
              if type(v) ~= "table" then return v end
              local t = {}
              for k, x in next, v do t[k] = copy(x) end
              return setmetatable(t, getmetatable(v))
            end
            return {same = v, copied = copy(v), through_host = host.get(v)}
            """;
        Check(Scale.Of(20_000, 1_000_000), Prop.ForAll(JsonValues.All, value =>
        {
            var result = Outcome(bench, source, new LuaGlobal("v", value)).Value!.Value;
            return JsonElement.DeepEquals(result.GetProperty("same"), value)
                && JsonElement.DeepEquals(result.GetProperty("copied"), value)
                && JsonElement.DeepEquals(result.GetProperty("through_host"), value);
        }));
    }

    private static LuaOutcome Outcome(Bench bench, string source, params LuaGlobal[] globals)
    {
        var outcome = bench.Run(source, null, default, globals).GetAwaiter().GetResult();
        outcome.Status.ShouldBe(LuaStatus.Ok, outcome.Error);
        return outcome;
    }

    private static void Check(int count, Property property) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(30), property);
}
