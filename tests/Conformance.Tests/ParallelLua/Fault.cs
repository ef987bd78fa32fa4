namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>What <see cref="BrokenFork"/> and <see cref="BrokenVisit"/> do wrong.</summary>
public enum Fault
{
    /// <summary>All branches run in the trunk's VM, one at a time: the former Python runtime with its mutex.</summary>
    SharedVm,

    /// <summary>Each branch starts from the state that the one before it left.</summary>
    SharedState,

    /// <summary>One branch at a time.</summary>
    OneAtATime,

    /// <summary>Results stand in the order in which branches end.</summary>
    CompletionOrder,

    /// <summary>One clock for the time-outs of all branches.</summary>
    SharedDeadline,

    /// <summary>The first failure ends the branches after it.</summary>
    FailureSpreads,

    /// <summary>VMs are not closed.</summary>
    VmsLeak,

    /// <summary>Each branch has an action registry of its own.</summary>
    OwnActions,

    /// <summary>What a node returns is not merged.</summary>
    ResultLost,

    /// <summary>Each node gets the state that the first one got.</summary>
    OldState,
}
