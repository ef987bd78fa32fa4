namespace Bulkhead.Api.Contract;

/// <summary>What <c>worker release</c> found and ended on the servers of an execution that died without proof.</summary>
public sealed record ReleaseReport
{
    /// <summary>The owner tag whose sessions were ended.</summary>
    public required string OwnerTag { get; init; }

    public required IReadOnlyList<ReleasedConnection> Connections { get; init; }

    /// <summary>True when no server shows a session of the tag any more.</summary>
    public bool Proven => Connections.All(c => c.Proven);
}

/// <param name="Name">Name of the connection.</param>
/// <param name="Type">The driver's category, as in the key: <c>database</c>.</param>
/// <param name="Key"><c>tenant:{t}:exec:{e}:{type}:{id}</c>.</param>
/// <param name="Proven">The server was asked after the release and shows no session of the tag.</param>
/// <param name="Ended">Sessions that were ended.</param>
/// <param name="Remaining">Sessions that are left.</param>
/// <param name="Message">Why it is not proven, where known.</param>
/// <param name="Reason">CamelCase, where the message has a name: <c>CredentialsMissing</c>, <c>ReleaseRoleChanged</c>.</param>
public sealed record ReleasedConnection(string Name, string Type, string Key, bool Proven, int Ended, int Remaining, string? Message = null, string? Reason = null);
