using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Actions.Web;
using Bulkhead.Engine.Resources;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What all branches of one execution share. Nothing in it can carry a script's value from one branch to another.</summary>
internal sealed record Run
{
    public required Workflow Workflow { get; init; }

    public required Job Job { get; init; }

    public required ResourcePool Resources { get; init; }

    public ActionRegistry Actions => Parts.Actions;

    /// <summary>How branches are run; made of this run.</summary>
    public Fork Fork => Parts.ForkOf(this);

    public required EngineParts Parts { get; init; }

    public required Journal Journal { get; init; }

    public required LuaWorkers Workers { get; init; }

    public required LuaMemoryBudget Memory { get; init; }

    public required Visits Visits { get; init; }

    public required Circuits Circuits { get; init; }

    /// <summary>For plain URLs.</summary>
    public required PlainWeb Web { get; init; }

    public Spending Spending { get; } = new();

    public required TimeProvider Clock { get; init; }

    /// <summary>Most bytes of one VM.</summary>
    public required long MemoryPerVm { get; init; }
}
