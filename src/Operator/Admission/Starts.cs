namespace Bulkhead.Operator.Admission;

/// <summary>
/// When each tenant and each user last got a slot, as far as it is known: among equals it decides who is next. It is no count of anything: without it
/// the order is a little less even, and no limit is touched.
/// </summary>
internal sealed class Starts
{
    private readonly Dictionary<string, DateTimeOffset> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string? User), DateTimeOffset> _users = [];

    public void Note(Place place)
    {
        if (place.AdmittedAt is not { } at) return;
        if (Of(place.Tenant) < at) _tenants[place.Tenant] = at;
        if (Of(place.Tenant, place.User) < at) _users[(place.Tenant, place.User)] = at;
    }

    public DateTimeOffset Of(string tenant) => _tenants.GetValueOrDefault(tenant, DateTimeOffset.MinValue);

    public DateTimeOffset Of(string tenant, string? user) => _users.GetValueOrDefault((tenant, user), DateTimeOffset.MinValue);

    /// <summary>Forgets those of whom nothing is there any more: what they bring next comes after all that waits now anyway.</summary>
    public void Keep(IEnumerable<Place> places)
    {
        var tenants = new HashSet<string>(StringComparer.Ordinal);
        var users = new HashSet<(string, string?)>();
        foreach (var place in places)
        {
            tenants.Add(place.Tenant);
            users.Add((place.Tenant, place.User));
        }

        foreach (var tenant in _tenants.Keys.Where(t => !tenants.Contains(t)).ToList()) _tenants.Remove(tenant);
        foreach (var user in _users.Keys.Where(u => !users.Contains(u)).ToList()) _users.Remove(user);
    }
}
