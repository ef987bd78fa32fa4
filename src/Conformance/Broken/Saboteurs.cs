using System.Collections.Concurrent;
using Bulkhead.Api.Context;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Ways to break the wiring that several rows have in common.</summary>
internal static class Saboteurs
{
    /// <summary>Sessions stay open after the end.</summary>
    public static RowWiring NoRelease(RowWiring wiring) => wiring with { Driver = driver => new LeakingDriver(driver) };

    /// <summary>All executions share one session.</summary>
    public static RowWiring SharedResources(RowWiring wiring)
    {
        var shared = new ConcurrentDictionary<string, Lazy<Task<IResource>>>(StringComparer.Ordinal);
        return wiring with { Driver = driver => new SharingDriver(driver, shared) };
    }

    /// <summary>Every execution has the same identity.</summary>
    public static RowWiring OneIdentity(RowWiring wiring)
    {
        Guid uid = new("11111111-1111-1111-8111-111111111111");
        return wiring with { NewExecutionUid = () => uid };
    }

    /// <summary>The context stage finds nothing.</summary>
    public static RowWiring NoContextCheck(RowWiring wiring) => wiring with { Check = request => ContextCheck.Check(request) with { Problems = [] } };
}
