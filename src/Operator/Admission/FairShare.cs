using Bulkhead.Api.Fairness;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Admission;

/// <summary>
/// Who may start, and why the others wait. Pure.
/// <code>
///  waiting, by arrival
///    -> key       another with its key runs or came before        else ConcurrencyKey
///    -> user      the first that the user's limit leaves room for  else UserLimit
///    -> tenant    users in turn, up to the tenant's limit          else TenantLimit
///    -> cluster   tenants in turn by weight, up to all slots       else ClusterLimit
/// </code>
/// </summary>
/// <param name="holding">Those that hold a slot.</param>
/// <param name="waiting">Those that wait, in the order of their arrival.</param>
/// <param name="limits">What may be held.</param>
/// <param name="starts">When each was last served.</param>
internal sealed class FairShare(IReadOnlyCollection<Place> holding, IReadOnlyCollection<Place> waiting, Limits limits, Starts starts)
{
    private readonly int _free = Math.Max(0, limits.Cluster - holding.Count);

    /// <summary>Those that may start now, in their order.</summary>
    public IReadOnlyList<Place> Next() => _free == 0 || waiting.Count == 0 ? [] : [.. FairOrder.Of(Tenants(told: null)).Take(_free)];

    /// <summary>What is to be said of each that waits, by uid.</summary>
    public IReadOnlyDictionary<string, Standing> Standings()
    {
        var told = new Dictionary<string, Standing>(waiting.Count, StringComparer.Ordinal);
        var order = FairOrder.Of(Tenants(told)).ToList();
        foreach (var next in order.Take(_free)) told[next.Uid] = Standing.Granted;
        Tell(told, Reasons.ClusterLimit, order.Skip(_free).ToList());
        return told;
    }

    private IEnumerable<FairShareholder<Place>> Tenants(Dictionary<string, Standing>? told)
    {
        var heldByTenant = holding.GroupBy(p => p.Tenant, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var heldByUser = holding.GroupBy(p => (p.Tenant, p.User)).ToDictionary(g => g.Key, g => g.Count());
        foreach (var tenant in Unblocked(told).GroupBy(p => p.Tenant, StringComparer.Ordinal))
        {
            var held = heldByTenant.GetValueOrDefault(tenant.Key);
            var room = Math.Max(0, limits.PerTenant(tenant.Key) - held);
            var order = FairOrder.Of(Users(tenant, heldByUser, told));
            // Nobody needs the whole line of a tenant to know who is next.
            var line = (told is null ? order.Take(Math.Min(room, _free)) : order).ToList();
            if (line.Count > room)
            {
                Tell(told, Reasons.TenantLimit, line[room..]);
                line = line[..room];
            }

            if (line.Count > 0) yield return new(tenant.Key, held, limits.Weight(tenant.Key), Later(starts.Of(tenant.Key), line[0]), line);
        }
    }

    private IEnumerable<FairShareholder<Place>> Users(
        IGrouping<string, Place> tenant, Dictionary<(string Tenant, string? User), int> heldByUser, Dictionary<string, Standing>? told)
    {
        foreach (var user in tenant.GroupBy(p => p.User, StringComparer.Ordinal))
        {
            var held = heldByUser.GetValueOrDefault((tenant.Key, user.Key));
            var room = Math.Max(0, limits.PerUser(tenant.Key, user.Key) - held);
            var line = user.ToList();
            if (line.Count > room)
            {
                Tell(told, Reasons.UserLimit, line[room..]);
                line = line[..room];
            }

            if (line.Count > 0) yield return new(user.Key ?? "", held, Weight: 1, Later(starts.Of(tenant.Key, user.Key), line[0]), line);
        }
    }

    /// <summary>Those whose key is free: an execution waits for whoever has its key, and for whoever wanted it before.</summary>
    private List<Place> Unblocked(Dictionary<string, Standing>? told)
    {
        var taken = holding.Where(p => p.Key is not null).Select(p => (p.Namespace, p.Key)).ToHashSet();
        var blocked = new List<Place>();
        var free = new List<Place>(waiting.Count);
        foreach (var place in waiting)
        {
            var isTaken = place.Key is not null && !taken.Add((place.Namespace, place.Key));
            (isTaken && place.Policy != ConcurrencyPolicies.Allow ? blocked : free).Add(place);
        }

        foreach (var key in blocked.GroupBy(p => (p.Namespace, p.Key))) Tell(told, Reasons.ConcurrencyKey, key.ToList());
        return free;
    }

    private static long Later(DateTimeOffset start, Place first) => (start > first.CreatedAt ? start : first.CreatedAt).UtcTicks;

    private static void Tell(Dictionary<string, Standing>? told, string reason, List<Place> line)
    {
        if (told is null) return;
        for (var i = 0; i < line.Count; i++) told[line[i].Uid] = new Standing(reason, i + 1, line.Count);
    }
}
