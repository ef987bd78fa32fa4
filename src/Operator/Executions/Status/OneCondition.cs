using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>The conditions of an object that has only one.</summary>
internal static class OneCondition
{
    public static IReadOnlyList<StatusCondition> Of(
        string type, bool value, string reason, string message, IReadOnlyList<StatusCondition>? before, long? generation, DateTimeOffset now)
    {
        var text = value ? "True" : "False";
        var last = before?.FirstOrDefault(c => c.Type == type);
        return
        [
            new StatusCondition
            {
                Type = type,
                Status = text,
                Reason = reason,
                Message = StatusEdit.Cut(message),
                ObservedGeneration = generation,
                LastTransitionTime = last?.Status == text ? last.LastTransitionTime : StatusEdit.Seconds(now),
            },
        ];
    }
}
