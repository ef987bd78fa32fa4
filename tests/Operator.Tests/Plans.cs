using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests;

/// <summary>Short ways to read a plan.</summary>
internal static class Plans
{
    /// <summary>The steps by name, in their order.</summary>
    public static string Text(this Plan plan) => string.Join(' ', plan.Steps.Select(s => s switch
    {
        WriteStatus write => $"Status:{write.Status.Phase}",
        Announce said => $"{said.Type}:{said.Reason}",
        EndPod end => $"End:{end.Name}",
        UnfencePod unfence => $"Unfence:{unfence.Name}",
        CreateWorker worker => $"CreateWorker:{worker.Attempt}",
        CreateRelease release => $"CreateRelease:{release.Attempt}{(release.After is { } uid ? $":after-{uid}" : "")}",
        _ => s.GetType().Name,
    }));

    public static WorkflowExecutionStatus Status(this Plan plan) => plan.Steps.OfType<WriteStatus>().ShouldHaveSingleItem().Status;

    public static string Is(this Plan plan, string condition) => plan.Status().Says(condition);

    public static string Says(this WorkflowExecutionStatus status, string condition) =>
        status.Condition(condition) is { } c ? $"{c.Status}/{c.Reason}" : "";

    /// <summary>The facts after the plan's status was written.</summary>
    public static Observed Then(this Observed o, Plan plan) => plan.Steps.OfType<WriteStatus>().LastOrDefault() is { } write ? o.With(write.Status) : o;
}
