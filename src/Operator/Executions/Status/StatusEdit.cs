using System.Diagnostics.CodeAnalysis;
using System.Text;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>Small pure edits of a status.</summary>
internal static class StatusEdit
{
    private const int LongestMessage = 1024;
    private const int LongestReason = 128;

    public static StatusCondition? Condition(this WorkflowExecutionStatus? status, string type) =>
        status?.Conditions?.FirstOrDefault(c => c.Type == type);

    public static bool Is(this WorkflowExecutionStatus? status, string type, string value) => status.Condition(type)?.Status == value;

    public static string? Reason(this WorkflowExecutionStatus? status, string type) => status.Condition(type)?.Reason;

    /// <summary>Sets a condition. Its transition time moves with its status, or where <paramref name="restamp"/> says that another stage begins.</summary>
    public static WorkflowExecutionStatus With(
        this WorkflowExecutionStatus status, string type, bool? value, string reason, string message, DateTimeOffset now, bool restamp = false)
    {
        var text = value switch { true => "True", false => "False", null => "Unknown" };
        var before = status.Condition(type);
        var after = new StatusCondition
        {
            Type = type,
            Status = text,
            Reason = CamelCase(reason),
            Message = Cut(message),
            ObservedGeneration = status.ObservedGeneration,
            LastTransitionTime = before?.Status == text && !restamp ? before.LastTransitionTime : Seconds(now),
        };
        var others = (status.Conditions ?? []).Where(c => c.Type != type);
        return status with { Conditions = [.. others.Append(after).OrderBy(c => c.Type, StringComparer.Ordinal)] };
    }

    public static WorkflowExecutionStatus Without(this WorkflowExecutionStatus status, string type) =>
        status with { Conditions = [.. (status.Conditions ?? []).Where(c => c.Type != type)] };

    /// <summary>kstatus: work goes on, and nothing is wrong.</summary>
    public static WorkflowExecutionStatus InProgress(this WorkflowExecutionStatus status, string reason, string message, DateTimeOffset now) =>
        status.With(ConditionTypes.Reconciling, true, reason, message, now).Without(ConditionTypes.Stalled);

    /// <summary>kstatus: it will not go on by itself.</summary>
    public static WorkflowExecutionStatus StandsStill(this WorkflowExecutionStatus status, string reason, string message, DateTimeOffset now) =>
        status.With(ConditionTypes.Stalled, true, reason, message, now).Without(ConditionTypes.Reconciling);

    /// <summary>kstatus: done.</summary>
    public static WorkflowExecutionStatus AtRest(this WorkflowExecutionStatus status) =>
        status.Without(ConditionTypes.Reconciling).Without(ConditionTypes.Stalled);

    /// <summary>Times of the API have whole seconds.</summary>
    public static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>At most so many bytes of UTF-8, whole characters, and nothing that would move a terminal's cursor.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int most = LongestMessage)
    {
        if (text is null || (Encoding.UTF8.GetByteCount(text) <= most && !text.Any(IsControl))) return text;
        const char Mark = '…';
        var (kept, bytes) = (new StringBuilder(), new Rune(Mark).Utf8SequenceLength);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most) return kept.Append(Mark).ToString();
            if (rune.IsBmp && IsControl((char)rune.Value)) kept.Append(' ');
            else kept.Append(rune);
        }

        return kept.ToString();
    }

    private static bool IsControl(char c) => char.IsControl(c) && c != '\n';

    /// <summary>A reason may come from a worker or a kubelet (<c>OutOfephemeral-storage</c>): what is no letter or digit goes.</summary>
    private static string CamelCase(string reason)
    {
        if (reason.Length is > 0 and <= LongestReason && reason.All(char.IsAsciiLetterOrDigit)) return reason;
        var kept = string.Concat(reason.Where(char.IsAsciiLetterOrDigit).Take(LongestReason));
        return kept.Length > 0 ? kept : "Unknown";
    }
}
