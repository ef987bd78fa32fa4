using Bulkhead.Api.Resources;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>One write. Each may be done twice without harm, since the operator may die before and after every one of them.</summary>
internal abstract record Step;

internal sealed record AttachFinalizer : Step;

/// <summary>Removes the execution's finalizer: nothing of it is open.</summary>
internal sealed record DetachFinalizer : Step;

internal sealed record CreateJob : Step;

internal sealed record CreateWorker(int Attempt) : Step;

/// <param name="Attempt">Whose sessions it ends.</param>
/// <param name="After">Uid of a release pod that does not go: the next one needs another name.</param>
internal sealed record CreateRelease(int Attempt, string? After = null) : Step;

/// <summary>Asks the pod to end, with its own grace period: SIGTERM, it releases and proves it.</summary>
internal sealed record EndPod(string Name) : Step;

/// <summary>Tells a running worker to start no other node. It ends when its running nodes and <c>finally</c> have.</summary>
internal sealed record TellToStop(string Name) : Step;

/// <summary>Lets a pod go whose outcome is in the status.</summary>
internal sealed record UnfencePod(string Name) : Step;

/// <summary>Another run begins: the job is held again until that one's end.</summary>
internal sealed record FenceJob : Step;

internal sealed record UnfenceJob : Step;

internal sealed record DeleteJob : Step;

internal sealed record DeleteExecution : Step;

/// <summary>Skipped when the status is that already.</summary>
internal sealed record WriteStatus(WorkflowExecutionStatus Status) : Step;

internal sealed record Announce(EventType Type, string Reason, string Message) : Step;
