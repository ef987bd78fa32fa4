using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Output;

/// <summary>Live progress on a terminal: one line for each node that runs or has just ended, by branch.</summary>
internal sealed class ProgressView(IAnsiConsole console, TimeProvider clock) : IEventListener
{
    private const int MaxLines = 16;
    private readonly ConcurrentDictionary<(string? Branch, string Node), (string Status, DateTimeOffset Since)> _nodes = [];
    private int _done;
    private int _failed;

    /// <summary>What is to be said of the whole; below the nodes.</summary>
    public string Caption { get; set; } = "";

    public void Take(ExecutionEvent executionEvent, string line)
    {
        if (executionEvent.Node is not { } node) return;
        var key = (executionEvent.Branch, node);
        switch (executionEvent.Type)
        {
            case "node_start":
                _nodes[key] = ("running", executionEvent.Timestamp);
                break;
            case "node_complete":
                _nodes.TryRemove(key, out _);
                Interlocked.Increment(ref _done);
                break;
            case "node_error":
                _nodes[key] = ("failed", executionEvent.Timestamp);
                Interlocked.Increment(ref _failed);
                break;
        }
    }

    /// <summary>Draws until <paramref name="work"/> ends.</summary>
    public async Task<T> WatchAsync<T>(Task<T> work)
    {
        await console.Live(Draw()).AutoClear(true).StartAsync(async live =>
        {
            while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(100), clock)) != work) live.UpdateTarget(Draw());
        });
        return await work;
    }

    private Rows Draw()
    {
        var now = clock.GetUtcNow();
        var lines = _nodes.OrderBy(n => n.Value.Since).Take(MaxLines).Select(n => (IRenderable)new Markup(
            $"{(n.Value.Status == "failed" ? "[red]x[/]" : "[yellow]>[/]")} {Markup.Escape(Printable.Safe(n.Key.Branch is { } b && b != n.Key.Node ? $"{b} / {n.Key.Node}" : n.Key.Node))}" +
            $" [grey]{n.Value.Status} {(now - n.Value.Since).TotalSeconds:0.0} s[/]"));
        return new Rows([.. lines, new Markup($"[grey]{_done} done, {_failed} failed, {Math.Max(0, _nodes.Count - MaxLines)} more running[/]"), .. Caption.Length > 0 ? [new Text(Printable.Safe(Caption))] : Array.Empty<IRenderable>()]);
    }
}
