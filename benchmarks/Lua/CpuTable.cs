using Bulkhead.Benchmarks.Baselines;
using Bulkhead.Lua;
using Bulkhead.Lua.Execution;

namespace Bulkhead.Benchmarks;

/// <summary>
/// The same things in processor time instead of wall time, for machines that are not quiet: waiting for a processor does not count. Each row is
/// the least of seven measurements, taken in turn with its baseline.
/// </summary>
internal static class CpuTable
{
    private const int Rounds = 7;

    internal static void Print()
    {
        using var rig = new Rig();
        using var vm = rig.NewVm();
        var raw = RawLua.Open();
        LuaVmOptions withApi = new() { Api = Rig.Api }, bare = new();
        Action baseline = () => Repeat(2000, () => _ = RawLua.Create());
        Row("VM, six libraries", 2000, baseline, () => Repeat(2000, () => LuaState.CreateBare(bare).Close()));
        Row("VM, sandbox and host API", 2000, baseline, () => Repeat(2000, () => LuaState.Create(withApi).Close()));
        Row("NLua, new Lua()", 2000, baseline, () => Repeat(2000, () => new NLua.Lua().Dispose()));
        Row("KeraLua, openLibs", 2000, baseline, () => Repeat(2000, () => new KeraLua.Lua().Dispose()));
        foreach (var (name, source) in Scripts.All)
            Row(name, 1, () => _ = RawLua.Run(raw, source), () => Rig.RunToEndAsync(vm, source).GetAwaiter().GetResult());
        const string calls = "local function f() return 1 end for i = 1, 100000 do f() end";
        foreach (var (name, source) in HostCalls)
            Row(name, 100_000, () => _ = RawLua.Run(raw, calls), () => Rig.RunToEndAsync(vm, source).GetAwaiter().GetResult());
        RawLua.Close(raw);
        foreach (var kilobytes in new[] { 1, 100, 1000 })
            Json(kilobytes);
    }

    private static readonly (string Name, string Source)[] HostCalls =
    [
        ("host call", "for i = 1, 100000 do uuid() end"),
        ("host call with an argument", "for i = 1, 100000 do cache.get('key') end"),
        ("host call through two coroutines", "local function c() for i = 1, 100000 do uuid() end end coroutine.wrap(function() coroutine.wrap(c)() end)()"),
        ("caught error", "for i = 1, 100000 do pcall(error, 'x') end"),
    ];

    private static void Json(int kilobytes)
    {
        var json = new JsonBenchmarks { Kilobytes = kilobytes };
        json.Setup();
        var times = 2000 / kilobytes;
        Row($"{kilobytes} KB: JSON to Lua", times, () => Repeat(times, () => json.Parse()), () => Repeat(times, json.In));
        Row($"{kilobytes} KB: Lua to UTF-8", times, () => Repeat(times, () => json.Parse()), () => Repeat(times, () => json.Write()));
        Row($"{kilobytes} KB: Lua to UTF-8, parsed", times, () => Repeat(times, () => json.Parse()), () => Repeat(times, () => json.Out()));
        json.Cleanup();
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
            action();
    }

    private static void Row(string name, int operations, Action baseline, Action subject)
    {
        double least = double.MaxValue, leastBaseline = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            leastBaseline = Math.Min(leastBaseline, Microseconds(baseline));
            least = Math.Min(least, Microseconds(subject));
        }

        Console.WriteLine($"| {name} | {leastBaseline / operations:0.000} us | {least / operations:0.000} us | {least / leastBaseline:0.00} |");
    }

    private static double Microseconds(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }
}
