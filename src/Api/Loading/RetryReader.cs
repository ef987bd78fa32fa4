using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads <c>retry</c> of a node and <c>retry_policy</c> of a parallel section: one shape, times in ms or as durations.</summary>
internal static class RetryReader
{
    private static readonly string[] ErrorTypes = ["LuaError", "TimeoutError", "HttpError", "SqlError", "ActionError"];

    public static RetryPolicy? Read(Fields? fields)
    {
        if (fields is null) return null;
        var defaults = new RetryPolicy { MaxRetries = 3 };
        var policy = new RetryPolicy
        {
            MaxRetries = fields.Whole("max_retries", 0, 100) ?? defaults.MaxRetries,
            BaseDelay = Delay(fields, "base_delay") ?? defaults.BaseDelay,
            MaxDelay = Delay(fields, "max_delay") ?? defaults.MaxDelay,
            BackoffMultiplier = fields.Number("backoff_multiplier", 1, 100) ?? defaults.BackoffMultiplier,
            Jitter = fields.Flag("jitter") ?? defaults.Jitter,
            RetryOn = RetryOn(fields),
        };
        fields.Close();
        return policy;
    }

    private static TimeSpan? Delay(Fields fields, string name)
    {
        var (duration, milliseconds) = (fields.Duration(name), fields.Milliseconds($"{name}_ms"));
        if (duration is not null && milliseconds is not null)
            fields.Findings.Faults.Add("INVALID_VALUE", $"'{name}' and '{name}_ms' mean the same; write one of them", fields.Source);
        return duration ?? milliseconds;
    }

    private static IReadOnlyList<string> RetryOn(Fields fields)
    {
        var types = fields.Texts("retry_on");
        if (fields.Note("retry_on") is { } form) form.Choices = ErrorTypes;
        foreach (var type in types.Where(t => !ErrorTypes.Contains(t.Scalar)))
            fields.Findings.Faults.Add(
                "INVALID_VALUE", $"'{Quoted.Short(type.Scalar)}' is no error type; there are {string.Join(", ", ErrorTypes)}", type);
        return [.. types.Select(t => t.Scalar)];
    }
}
