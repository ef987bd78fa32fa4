using System.Diagnostics;

namespace Bulkhead.Api.Contract;

/// <summary>
/// Spans of an execution, from the operator's turns to the nodes in the worker. All of them have one trace id: the execution's uid, without its dashes.
/// While nobody listens no span is made.
/// </summary>
public static class Tracing
{
    /// <summary>The only source of spans, in every program.</summary>
    public const string SourceName = "bulkhead";

    /// <summary>Environment of a worker: the span that started it, as a W3C <c>traceparent</c>.</summary>
    public const string ParentVariable = "TRACEPARENT";

    /// <summary>Environment of a worker: base URL of the collector (OTLP over HTTP). Not set: no spans.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Tags of spans.</summary>
    public const string ExecutionTag = "bulkhead.execution", TenantTag = "bulkhead.tenant", AttemptTag = "bulkhead.attempt", NodeTag = "bulkhead.node",
        NodeTypeTag = "bulkhead.node.type", BranchTag = "bulkhead.branch", OutcomeTag = "bulkhead.outcome", StepsTag = "bulkhead.steps", ErrorTag = "error.type";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Where a span of this execution that has no parent belongs.</summary>
    public static ActivityContext ContextOf(Guid executionUid) =>
        new(ActivityTraceId.CreateFromString(executionUid.ToString("n")), default, ActivityTraceFlags.Recorded);
}
