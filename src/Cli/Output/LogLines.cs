using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli.Output;

/// <summary>What a script logs, as lines on standard error; with <paramref name="nodes"/>, how its nodes begin and end too. The date is told once it is another than today.</summary>
internal sealed class LogLines(TextWriter writer, TimeProvider clock, bool nodes = false) : IEventListener
{
    private DateOnly _day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public void Take(ExecutionEvent executionEvent, string line)
    {
        if (executionEvent.Type != "log" && !(nodes && executionEvent.Type is "node_start" or "node_complete" or "node_error")) return;
        writer.WriteLine(EventText.Of(executionEvent, _day));
        _day = DateOnly.FromDateTime(executionEvent.Timestamp.UtcDateTime);
    }
}
