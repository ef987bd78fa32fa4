using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>What a pool works with.</summary>
public sealed record ResourcePoolSettings
{
    /// <summary>Time for the release where nobody says otherwise: 30 s.</summary>
    public static TimeSpan DefaultGraceful => TimeSpan.FromSeconds(30);

    /// <summary>Every declared connection.</summary>
    public required IReadOnlyList<ConnectionDefinition> Connections { get; init; }

    public required DriverRegistry Drivers { get; init; }

    /// <summary>The secret of a connection by its name; asked at each opening.</summary>
    public required Func<string, Credentials> Credentials { get; init; }

    /// <summary>When the execution's active time ends; bounds server-side time-outs. Default: never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
