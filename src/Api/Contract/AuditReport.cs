namespace Bulkhead.Api.Contract;

/// <summary>What <c>worker audit</c> found on a server: sessions that carry an owner tag, whoever owns it.</summary>
public sealed record AuditReport
{
    /// <summary>Name of the connection.</summary>
    public required string Connection { get; init; }

    public IReadOnlyList<TaggedSessions> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Why the server could not be asked; null when it was.</summary>
    public string? Fault { get; init; }
}

/// <param name="Tag">The owner tag.</param>
/// <param name="Sessions">Sessions of the connection's role that carry it.</param>
public sealed record TaggedSessions(string Tag, int Sessions);
