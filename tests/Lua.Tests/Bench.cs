using System.Text.Json;

namespace Bulkhead.Lua.Tests;

/// <summary>A VM on worker threads of its own, with a host made of one delegate.</summary>
public sealed class Bench : IDisposable
{
    private readonly LuaVmOptions _options;

    public Bench(LuaVmOptions? options = null, HostCall? host = null, LuaWorkers? workers = null)
    {
        _options = options ?? new LuaVmOptions();
        if (_options.Api is { Functions.Count: 0, Preludes.Count: 0 } && host != null)
            _options = _options with { Api = Api };
        Workers = workers ?? new LuaWorkers();
        Vm = new LuaVm(Workers, _options, host == null ? null : new DelegateHost(host));
    }

    public delegate ValueTask<JsonElement?> HostCall(string function, JsonElement arguments, CancellationToken cancellationToken);

    /// <summary>sleep and a namespace <c>host</c> with get, put and slow.</summary>
    public static LuaApi Api { get; } = new() { Functions = ["sleep", "host.get", "host.put", "host.slow"] };

    public LuaWorkers Workers { get; }

    public LuaVm Vm { get; }

    /// <summary>Answers each call with its own first argument.</summary>
    public static HostCall Echo => (_, arguments, _) => new ValueTask<JsonElement?>(First(arguments));

    /// <summary>Echo, but on another thread.</summary>
    public static HostCall EchoLater => async (_, arguments, _) =>
    {
        await Task.Yield();
        return First(arguments);
    };

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public Task<LuaOutcome> Run(string source, LuaDeadline? deadline = null, CancellationToken cancellationToken = default, params LuaGlobal[] globals) =>
        Vm.RunAsync(new LuaScript("test", source), globals, deadline, cancellationToken);

    public async Task<string?> Value(string source, params LuaGlobal[] globals)
    {
        var outcome = await Run(source, null, default, globals);
        outcome.Status.ShouldBe(LuaStatus.Ok, outcome.Error);
        return outcome.Value?.GetRawText();
    }

    public async Task<string> Error(string source)
    {
        var outcome = await Run(source);
        outcome.Status.ShouldBe(LuaStatus.Error, outcome.Value?.GetRawText());
        return outcome.Error!;
    }

    public static LuaDeadline After(int milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds));

    private static JsonElement? First(JsonElement arguments) => arguments.GetArrayLength() > 0 ? arguments[0] : null;

    public void Dispose()
    {
        Vm.Dispose();
        Workers.Dispose();
    }

    private sealed class DelegateHost(HostCall call) : ILuaHost
    {
        public ValueTask<JsonElement?> CallAsync(string function, JsonElement arguments, CancellationToken cancellationToken) =>
            call(function, arguments, cancellationToken);
    }
}
