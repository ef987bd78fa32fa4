using System.Diagnostics;
using Bulkhead.Api.Contract;

namespace Bulkhead.Worker;

/// <summary>The span of the whole process.</summary>
internal static class JobSpan
{
    /// <summary>Whose it is. Does nothing while nobody listens.</summary>
    public static void Tag(this Job job, Activity? span) =>
        span?.SetTag(Tracing.ExecutionTag, job.ExecutionId).SetTag(Tracing.TenantTag, job.TenantId).SetTag(Tracing.AttemptTag, job.Attempt);
}
