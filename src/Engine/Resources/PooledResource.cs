using System.Security.Cryptography;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>One place of the pool: a connection on its way to being opened, open, or released.</summary>
internal sealed class PooledResource(ConnectionDefinition connection, ResourceKey key, Credentials credentials)
{
    public ConnectionDefinition Connection { get; } = connection;

    public ResourceKey Key { get; } = key;

    /// <summary>A copy of this execution's own, emptied after the release.</summary>
    public Credentials Credentials { get; } = credentials;

    public string Handle { get; } = $"conn_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>The one opening that all users of the key wait for. Set before the place is seen by anybody.</summary>
    public Task<IResource> Opening { get; set; } = null!;
}
