using Microsoft.Extensions.Logging;

namespace Bulkhead.Operator.Executions;

internal static partial class Log
{
    /// <param name="log">Where to.</param>
    /// <param name="execution">Namespace and name.</param>
    /// <param name="tenant">Null: not admitted yet.</param>
    /// <param name="attempt">Null: none yet.</param>
    /// <param name="phase">The one word.</param>
    /// <param name="reason">Reason of the condition that decides.</param>
    /// <param name="node">The first node that failed.</param>
    [LoggerMessage(LogLevel.Information, "Execution {Execution} of tenant {Tenant}, attempt {Attempt}, is {Phase}: {Reason} {Node}")]
    public static partial void Changed(ILogger log, string execution, string? tenant, int? attempt, string? phase, string? reason, string? node);
}
