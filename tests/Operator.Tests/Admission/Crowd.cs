using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;

namespace Bulkhead.Operator.Tests.Admission;

/// <summary>Executions that hold slots or wait for them, and what becomes of them.</summary>
internal sealed class Crowd(Limits limits)
{
    private readonly Places _places = new();
    private int _arrivals;

    public static readonly DateTimeOffset Noon = Given.Now;

    public DateTimeOffset Now { get; private set; } = Noon;

    public List<Place> Holding { get; } = [];

    public List<Place> Waiting { get; } = [];

    public static Limits LimitsOf(int cluster, params (string Tenant, int? Max, int? PerUser, int? Weight)[] tenants) => new(
        cluster, tenants.ToDictionary(t => t.Tenant, t => new TenantSpec { MaxConcurrentExecutions = t.Max, MaxConcurrentPerUser = t.PerUser, Weight = t.Weight }));

    public FairShare Share() => _places.Share(limits);

    public Place Arrive(string tenant, string? user = null, string? key = null, string? policy = null)
    {
        Now = Now.AddSeconds(1);
        var place = new Place
        {
            Uid = $"{++_arrivals:d5}",
            Namespace = tenant,
            Name = $"{tenant}-{_arrivals}",
            Tenant = tenant,
            User = user,
            CreatedAt = Now,
            Key = key,
            Policy = key is null ? null : policy ?? ConcurrencyPolicies.Queue,
        };
        Waiting.Add(place);
        _places.Put(place);
        return place;
    }

    public IReadOnlyList<Place> Arrive(int count, string tenant, string? user = null) => [.. Enumerable.Range(0, count).Select(_ => Arrive(tenant, user))];

    /// <summary>Lets start whoever may, one decision at a time.</summary>
    public IReadOnlyList<Place> Start()
    {
        var started = new List<Place>();
        while (Share().Next() is [var next, ..])
        {
            Now = Now.AddMilliseconds(10);
            var held = next with { IsHolding = true, AdmittedAt = Now };
            Waiting.Remove(next);
            Holding.Add(held);
            _places.Put(held);
            started.Add(next);
        }

        return started;
    }

    public void End(Place place)
    {
        Holding.RemoveAll(h => h.Uid == place.Uid);
        _places.Remove(place.Uid);
    }

    public int Held(string tenant) => Holding.Count(h => h.Tenant == tenant);

    /// <summary>The same facts without the memory of earlier starts, as a restarted operator lists them.</summary>
    public FairShare Restarted()
    {
        var places = new Places();
        foreach (var place in Holding.Concat(Waiting)) places.Put(place);
        return places.Share(limits);
    }
}
