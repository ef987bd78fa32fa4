using System.Collections.Concurrent;
using Bulkhead.Operator.Admission;

namespace Bulkhead.Operator.Tenants;

/// <summary>
/// How many executions of a tenant run and wait, for its status. A number is good for a while: writing the status wakes its controller, and must not lead to the
/// next write.
/// </summary>
internal sealed class TenantLoad(AdmissionLine line, TimeProvider clock)
{
    internal static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, int Active, int Waiting)> _last = new(StringComparer.Ordinal);

    public async Task<(int Active, int Waiting)> OfAsync(string tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!_last.TryGetValue(tenant, out var last) || now - last.At >= GoodFor)
        {
            var (active, waiting) = await line.LoadAsync(tenant, ct);
            _last[tenant] = last = (now, active, waiting);
        }

        return (last.Active, last.Waiting);
    }

    public void Forget(string tenant) => _last.TryRemove(tenant, out _);
}
