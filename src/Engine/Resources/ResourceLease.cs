using System.Text.Json;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// A node's use of a resource. It may be kept as long as the execution lives; it owns nothing, so there is nothing to give back.
/// Every use after the execution's end throws <see cref="ExecutionEndedException"/>.
/// </summary>
public sealed class ResourceLease
{
    private readonly UserExecutionContext _context;
    private readonly IResource _resource;

    internal ResourceLease(UserExecutionContext context, PooledResource place, IResource resource)
    {
        _context = context;
        _resource = resource;
        Handle = place.Handle;
        Key = place.Key;
        Name = place.Connection.Name;
        ConnectionType = place.Connection.Type;
    }

    /// <summary><c>conn_&lt;8 hex&gt;</c>, the same for every user of the key.</summary>
    public string Handle { get; }

    public ResourceKey Key { get; }

    /// <summary>Name of the connection.</summary>
    public string Name { get; }

    /// <summary>The driver: <c>postgres</c>, <c>http</c>.</summary>
    public string ConnectionType { get; }

    /// <inheritdoc cref="IResource.CheckAsync"/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        _context.RequireActive();
        return _resource.CheckAsync(cancellationToken);
    }

    /// <inheritdoc cref="IResource.CallAsync"/>
    public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken)
    {
        _context.RequireActive();
        return _resource.CallAsync(operation, arguments, cancellationToken);
    }

    /// <inheritdoc cref="IResource.ListenAsync"/>
    public Task<JsonElement> ListenAsync(string operation, JsonElement arguments, Func<string, bool> take, CancellationToken cancellationToken)
    {
        _context.RequireActive();
        return _resource.ListenAsync(operation, arguments, take, cancellationToken);
    }
}
