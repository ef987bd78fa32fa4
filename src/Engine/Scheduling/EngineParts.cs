using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// The parts that isolation rests on. There is one set; tests put a broken part in its place to see that they notice.
/// </summary>
internal sealed record EngineParts
{
    public static EngineParts Sound { get; } = new();

    public ActionRegistry Actions { get; init; } = ActionRegistry.BuiltIn;

    public Func<Run, Fork> ForkOf { get; init; } = run => new BranchFork(run).RunAsync;

    public Func<Run, NodeVisit> VisitOf { get; init; } = run => new NodeRunner(run).RunAsync;
}
