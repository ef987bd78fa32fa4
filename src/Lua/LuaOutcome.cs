using System.Text.Json;

namespace Bulkhead.Lua;

/// <summary>The end of one run.</summary>
public sealed record LuaOutcome
{
    public required LuaStatus Status { get; init; }

    /// <summary>The script's first returned value; null for nil, and unless <see cref="Status"/> is Ok.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What went wrong, at most 4,096 characters; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The exception of the host call whose message the uncaught error still is; also set for an "internal error".</summary>
    public Exception? HostError { get; init; }

    /// <summary>
    /// The script's thread (or a host call that ignores its cancellation) did not come back within the grace period and was left behind.
    /// What it still does nobody waits for; such a run must not be repeated.
    /// </summary>
    public bool Abandoned { get; init; }
}
