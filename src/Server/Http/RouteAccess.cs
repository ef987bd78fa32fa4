using Bulkhead.Server.Access;

namespace Bulkhead.Server.Http;

/// <summary>What a route asks of its caller.</summary>
internal sealed record RouteAccess(string Name, Func<Caller, bool> Allows)
{
    /// <summary>No token: probes, the page without data, the API's description.</summary>
    public static RouteAccess Public { get; } = new("public", _ => true);

    public static RouteAccess Look { get; } = new("look", caller => caller.MayLook);

    public static RouteAccess Run { get; } = new("run", caller => caller.MayRun);

    public static RouteAccess Measure { get; } = new("measure", caller => caller.MayMeasure);
}
