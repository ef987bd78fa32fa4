using Bulkhead.Api.Contract;

namespace Bulkhead.Server.Executions;

/// <summary>Counts visits of nodes by the events of a run.</summary>
internal sealed class NodeTally(int total)
{
    private int _started;
    private int _done;
    private int _failed;

    public NodeCounts Counts => new(total, _done, _failed, Math.Max(0, _started - _done - _failed));

    public void Take(ExecutionEvent executionEvent)
    {
        switch (executionEvent.Type)
        {
            case "node_start": Interlocked.Increment(ref _started); break;
            case "node_complete": Interlocked.Increment(ref _done); break;
            case "node_error": Interlocked.Increment(ref _failed); break;
        }
    }
}
