using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Bulkhead.Api.Resources;

/// <summary>
/// What to run, for whom, and how it may end. Everything but <see cref="DesiredState"/>, <see cref="TtlSecondsAfterFinished"/>,
/// <see cref="Timeouts"/>, <see cref="Release"/> and <see cref="RerunToken"/> is immutable after creation.
/// Durations and choices are texts, so that one bad object never stops the reading of a list.
/// </summary>
public sealed record WorkflowExecutionSpec
{
    /// <summary>The document, inline, in either dialect; at most 256 KiB. Exactly one of this and <see cref="WorkflowRef"/> is set.</summary>
    public JsonElement? Workflow { get; init; }

    public NameReference? WorkflowRef { get; init; }

    /// <summary>An object merged over the document's initial state. Visible to whoever may read the resource: no secrets.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>May repeat the namespace's tenant; another one is refused.</summary>
    public string? TenantId { get; init; }

    /// <summary>For fairness and audit; self-declared, so no security boundary.</summary>
    public string? UserId { get; init; }

    /// <summary>Names or ids of the connections to give. Default: those that the workflow names.</summary>
    public IReadOnlyList<string>? Connections { get; init; }

    /// <summary>Lazy (open on first use, the default) or Eager.</summary>
    [AllowedValues("Lazy", "Eager", null)]
    public string? Loading { get; init; }

    /// <summary>Running (the default), Suspended, Stopped or Terminated.</summary>
    [AllowedValues("Running", "Suspended", "Stopped", "Terminated", null)]
    public string? DesiredState { get; init; }

    /// <summary>Executions of one namespace with the same key are not to run side by side; <see cref="ConcurrencyPolicy"/> says what happens instead.</summary>
    [MaxLength(253)]
    public string? ConcurrencyKey { get; init; }

    /// <summary>
    /// Allow (both run), Queue (it waits for the others; the default), Replace (the others are ended as Terminated does, and it waits for their release) or Forbid (it fails).
    /// Decides about those that came before it.
    /// </summary>
    [AllowedValues("Allow", "Queue", "Replace", "Forbid", null)]
    public string? ConcurrencyPolicy { get; init; }

    public ExecutionTimeouts? Timeouts { get; init; }

    public ExecutionRelease? Release { get; init; }

    public ExecutionRetryPolicy? RetryPolicy { get; init; }

    /// <summary>Seconds after which a finished execution is deleted. Default: never.</summary>
    [Range(0, int.MaxValue)]
    public int? TtlSecondsAfterFinished { get; init; }

    public PodTemplate? PodTemplate { get; init; }

    /// <summary>A new value runs the execution again once it has finished: another attempt with the same job.</summary>
    [MaxLength(253)]
    public string? RerunToken { get; init; }
}
