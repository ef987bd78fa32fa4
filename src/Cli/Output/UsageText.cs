using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Output;

/// <summary>What was used, in few words.</summary>
internal static class UsageText
{
    public static string Of(NodeUsage? usage) => usage is null ? "" : string.Join(", ", Parts(usage).Select(FormattableString.Invariant));

    private static IEnumerable<FormattableString> Parts(NodeUsage usage)
    {
        if (usage.HostCalls > 0) yield return $"{usage.HostCalls} calls";
        if (usage.Rows > 0) yield return $"{usage.Rows} rows";
        if (usage.Bytes > 0) yield return $"{usage.Bytes} bytes";
        if (usage.InputTokens + usage.OutputTokens > 0) yield return $"{usage.InputTokens}+{usage.OutputTokens} tokens";
        if (usage.Cost is { } cost) yield return $"cost {cost:0.######}";
    }
}
