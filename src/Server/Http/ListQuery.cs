using System.Globalization;
using Bulkhead.Server.Executions;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>What a list is asked for.</summary>
/// <param name="Tenant">Another tenant than the caller's has nothing to show.</param>
/// <param name="Phase">Null: every phase.</param>
/// <param name="Limit">1 to 500, default 50.</param>
/// <param name="Before">Executions that were submitted before this number.</param>
internal sealed record ListQuery(string? Tenant, ServedPhase? Phase, int Limit, long Before)
{
    public const int MaxLimit = 500;
    private const int DefaultLimit = 50;

    /// <summary>The query, or what is wrong with it.</summary>
    public static (ListQuery Query, string? Fault) Read(IQueryCollection query)
    {
        var read = new ListQuery(Text(query, "tenant"), Phase: null, DefaultLimit, long.MaxValue);
        if (Text(query, "phase") is { } phase)
        {
            if (Array.Find(Enum.GetValues<ServedPhase>(), p => string.Equals(p.ToString(), phase, StringComparison.OrdinalIgnoreCase)) is var named
                && string.Equals(named.ToString(), phase, StringComparison.OrdinalIgnoreCase)) read = read with { Phase = named };
            else return (read, $"'phase' must be {string.Join(", ", Enum.GetNames<ServedPhase>())}.");
        }

        if (Text(query, "limit") is { } limit)
        {
            if (Number(limit) is >= 1 and <= MaxLimit and var number) read = read with { Limit = (int)number };
            else return (read, $"'limit' must be 1 to {MaxLimit}.");
        }

        if (Text(query, "continue") is { } token)
        {
            if (Number(token) is { } before) read = read with { Before = before };
            else return (read, "'continue' must be what the page before said.");
        }

        return (read, null);
    }

    /// <summary>One more than the limit, where there are more.</summary>
    public IReadOnlyList<ExecutionRecord> Select(IEnumerable<ExecutionRecord> newestFirst) =>
        [.. newestFirst.Where(r => r.Number < Before && (Phase is null || r.Phase == Phase)).Take(Limit + 1)];

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text] ? text : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
