using System.ComponentModel.DataAnnotations;

namespace Bulkhead.Api.Resources;

/// <summary>Whether a lost worker is replaced. The default runs a workflow at most once.</summary>
public sealed record ExecutionRetryPolicy
{
    /// <summary>Workers in all. Default 1.</summary>
    [Range(1, 100)]
    public int? MaxAttempts { get; init; }

    /// <summary>Fail (the default) or Restart: from the first node, at least once.</summary>
    [AllowedValues("Fail", "Restart", null)]
    public string? OnPodFailure { get; init; }

    /// <summary>Pause before the next attempt. Default 10s.</summary>
    [Duration]
    public string? Backoff { get; init; }
}
