using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Which finished executions are more than their tenant keeps (as CronJob's successfulJobsHistoryLimit and failedJobsHistoryLimit do for Jobs). It only says
/// whose turn is due: the turn reads the object again, and takes away what the time to live would take.
/// </summary>
internal sealed class History(Waker waker)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Finished> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, bool Succeeded), SortedSet<Finished>> _kept = [];
    private readonly HashSet<string> _beyond = new(StringComparer.Ordinal);
    private Dictionary<string, TenantSpec> _tenants = new(StringComparer.Ordinal);

    /// <summary>Whether as many newer ones of its tenant and outcome are there as are kept.</summary>
    public bool IsBeyond(string uid)
    {
        lock (_lock) return _beyond.Contains(uid);
    }

    /// <summary>What an execution says now.</summary>
    public async Task NoteAsync(WorkflowExecutionEntity execution, CancellationToken ct)
    {
        var now = Finished.Of(execution);
        List<Finished> beyond;
        lock (_lock)
        {
            if (_known.GetValueOrDefault(execution.Uid()) == now) return;
            Remove(execution.Uid());
            if (now is null) return;
            _known[now.Uid] = now;
            if (!_kept.TryGetValue(now.Key, out var kept)) _kept[now.Key] = kept = new SortedSet<Finished>(Finished.OldestFirst);
            kept.Add(now);
            beyond = Trim(now.Key, kept);
        }

        await WakeAsync(beyond, ct);
    }

    /// <summary>It is gone.</summary>
    public void Forget(string uid)
    {
        lock (_lock) Remove(uid);
    }

    /// <summary>A term begins: what went while others led must not count among those that are kept.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _known.Clear();
            _kept.Clear();
            _beyond.Clear();
        }
    }

    /// <summary>The Tenants as they are now.</summary>
    public async Task RuleAsync(IEnumerable<TenantEntity> tenants, CancellationToken ct)
    {
        List<Finished> beyond;
        lock (_lock)
        {
            _tenants = Limits.ById(tenants);
            beyond = [.. _kept.SelectMany(k => Trim(k.Key, k.Value))];
        }

        await WakeAsync(beyond, ct);
    }

    private void Remove(string uid)
    {
        _beyond.Remove(uid);
        if (_known.Remove(uid, out var before)) _kept[before.Key].Remove(before);
    }

    private List<Finished> Trim((string Tenant, bool Succeeded) key, SortedSet<Finished> kept)
    {
        var tenant = _tenants.GetValueOrDefault(key.Tenant);
        var limit = (key.Succeeded ? tenant?.SuccessfulExecutionsHistoryLimit : tenant?.FailedExecutionsHistoryLimit) ?? int.MaxValue;
        var beyond = kept.Take(Math.Max(0, kept.Count - limit)).ToList();
        foreach (var finished in beyond)
        {
            kept.Remove(finished);
            _beyond.Add(finished.Uid);
        }

        return beyond;
    }

    private async Task WakeAsync(List<Finished> all, CancellationToken ct)
    {
        foreach (var finished in all) await waker.WakeAsync(finished.Name, finished.Namespace, finished.Uid, ct);
    }

    private sealed record Finished(string Uid, string Namespace, string Name, (string Tenant, bool Succeeded) Key, DateTimeOffset At)
    {
        public static readonly Comparer<Finished> OldestFirst =
            Comparer<Finished>.Create((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Uid, b.Uid));

        /// <returns>Null: it has not finished, or is being deleted.</returns>
        public static Finished? Of(WorkflowExecutionEntity e) => e is { Status.CompletionTime: { } at, Metadata.DeletionTimestamp: null }
            ? new Finished(e.Uid(), e.Namespace(), e.Name(), (e.Status.TenantId ?? e.Namespace(), e.Status.Is(ConditionTypes.Succeeded, "True")), at)
            : null;
    }
}
