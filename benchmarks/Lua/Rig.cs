using System.Text.Json;
using Bulkhead.Lua;

namespace Bulkhead.Benchmarks;

/// <summary>Worker threads, a host that answers at once, and an API as large as the engine's.</summary>
internal sealed class Rig : IDisposable
{
    private static readonly JsonElement One = JsonElement.Parse("1");

    internal Rig(int workers = 2) => Workers = new LuaWorkers(workers);

    internal static LuaApi Api { get; } = new()
    {
        Functions =
        [
            "http.get", "http.post", "http.put", "http.delete", "json.parse", "json.stringify", "data.merge", "data.filter", "csv.parse",
            "csv.stringify", "cache.get", "cache.set", "cache.delete", "sleep", "log.info", "log.warn", "log.error", "events.emit",
            "time.now", "uuid", "hash.sha256", "llm.call",
        ],
        Preludes =
        [
            new LuaPrelude("connections", """
                local call = ...
                local methods = {}
                methods.__index = methods
                function methods:query(text, parameters) return call("connections.query", self.name, text, parameters) end
                connections = {get = function(name) return setmetatable({name = name}, methods) end}
                """),
        ],
    };

    internal LuaWorkers Workers { get; }

    internal LuaVm NewVm() => new(Workers, new LuaVmOptions { Api = Api }, Host.Instance);

    internal static Task<LuaOutcome> RunAsync(LuaVm vm, string source, params LuaGlobal[] globals) =>
        vm.RunAsync(new LuaScript("bench", source), globals, new LuaDeadline(TimeSpan.FromMinutes(10)), default);

    internal static async Task<LuaOutcome> RunToEndAsync(LuaVm vm, string source, params LuaGlobal[] globals)
    {
        var outcome = await RunAsync(vm, source, globals);
        return outcome.Status == LuaStatus.Ok ? outcome : throw new InvalidOperationException(outcome.Error);
    }

    public void Dispose() => Workers.Dispose();

    private sealed class Host : ILuaHost
    {
        internal static readonly Host Instance = new();

        public ValueTask<JsonElement?> CallAsync(string function, JsonElement arguments, CancellationToken cancellationToken) =>
            function == "sleep" ? Sleep(arguments[0].GetDouble(), cancellationToken) : new(One);

        private static async ValueTask<JsonElement?> Sleep(double seconds, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
            return null;
        }
    }
}
