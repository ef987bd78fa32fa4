#nullable disable
using System.Net;
using k8s.Autorest;

namespace k8s.LeaderElection;

/// <summary>
/// Competes for a lock, holds it, gives it back. Time is measured by each competitor's own monotonic clock, from the moment it saw a record
/// change; clocks of different machines are never compared.
/// <code>
///            record free, or unchanged for LeaseDuration
/// waiting ------------------------------------------------&gt; leading --- renewed every RetryPeriod ---+
///    ^                                                         |   ^---------------------------------+
///    +--- not renewed for RenewDeadline, or taken by another --+--- cancelled: record emptied, so that others need not wait
/// </code>
/// </summary>
public class LeaderElector : IDisposable
{
    private readonly LeaderElectionConfig _config;
    private readonly TimeProvider _time;
    private LeaderElectionRecord _seen;
    private long _seenAt;

    public LeaderElector(LeaderElectionConfig config)
        : this(config, TimeProvider.System)
    {
    }

    internal LeaderElector(LeaderElectionConfig config, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.RenewDeadline >= config.LeaseDuration || config.RetryPeriod >= config.RenewDeadline)
            throw new ArgumentException("RetryPeriod < RenewDeadline < LeaseDuration must hold.", nameof(config));
        _config = config;
        _time = time;
    }

    public event Action OnStartedLeading;

    public event Action OnStoppedLeading;

    public event Action<string> OnNewLeader;

    public event Action<Exception> OnError;

    public bool IsLeader() => _seen?.HolderIdentity == _config.Lock.Identity;

    public string GetLeader() => _seen?.HolderIdentity;

    /// <summary>Waits for the lock, holds it, and returns when it is lost. Cancelling gives it back.</summary>
    public async Task RunUntilLeadershipLostAsync(CancellationToken cancellationToken = default)
    {
        while (!await TryOnceAsync(cancellationToken, cancellationToken))
            await Task.Delay(Jittered(_config.RetryPeriod), _time, cancellationToken);
        OnStartedLeading?.Invoke();
        try
        {
            await HoldAsync(cancellationToken);
        }
        finally
        {
            OnStoppedLeading?.Invoke();
            await ReleaseAsync();
        }
    }

    public async Task RunAndTryToHoldLeadershipForeverAsync(CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
            await RunUntilLeadershipLostAsync(cancellationToken);
    }

    public void Dispose() => GC.SuppressFinalize(this);

    private async Task HoldAsync(CancellationToken ct)
    {
        var renewed = _time.GetTimestamp();
        while (_time.GetElapsedTime(renewed) < _config.RenewDeadline)
        {
            await Task.Delay(_config.RetryPeriod, _time, ct);
            // A renewal counts from before it was sent: the others count from when they see it.
            var sent = _time.GetTimestamp();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var left = _config.RenewDeadline - _time.GetElapsedTime(renewed);
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
            if (await TryOnceAsync(limit.Token, ct))
                renewed = sent;
            else if (!IsLeader())
                return;
        }
    }

    private async Task<bool> TryOnceAsync(CancellationToken ct, CancellationToken caller)
    {
        try
        {
            return await AcquireOrRenewAsync(ct);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            OnError?.Invoke(e);
            return false;
        }
    }

    private async Task<bool> AcquireOrRenewAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var current = await ReadAsync(ct);
        var mine = current?.HolderIdentity == _config.Lock.Identity;
        if (current is not null && !mine && !IsFree(current))
            return false;
        var next = new LeaderElectionRecord
        {
            HolderIdentity = _config.Lock.Identity,
            LeaseDurationSeconds = (int)Math.Ceiling(_config.LeaseDuration.TotalSeconds),
            AcquireTime = mine ? current.AcquireTime : now,
            RenewTime = now,
            LeaderTransitions = (current?.LeaderTransitions ?? 0) + (mine ? 0 : 1),
        };
        var written = current is null ? await _config.Lock.CreateAsync(next, ct) : await _config.Lock.UpdateAsync(next, ct);
        if (written)
            See(next);
        return written;
    }

    private bool IsFree(LeaderElectionRecord record) =>
        string.IsNullOrEmpty(record.HolderIdentity)
        || _time.GetElapsedTime(_seenAt) >= TimeSpan.FromSeconds(Math.Max(record.LeaseDurationSeconds, 1));

    private async Task<LeaderElectionRecord> ReadAsync(CancellationToken ct)
    {
        try
        {
            var record = await _config.Lock.GetAsync(ct);
            if (_seen is null || _seen.HolderIdentity != record.HolderIdentity || _seen.RenewTime != record.RenewTime)
                See(record);
            return record;
        }
        catch (HttpOperationException e) when (e.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private void See(LeaderElectionRecord record)
    {
        var changed = _seen?.HolderIdentity != record.HolderIdentity;
        _seen = record;
        _seenAt = _time.GetTimestamp();
        if (changed)
            OnNewLeader?.Invoke(record.HolderIdentity);
    }

    private async Task ReleaseAsync()
    {
        if (!IsLeader())
            return;
        using var limit = new CancellationTokenSource(_config.RetryPeriod, _time);
        try
        {
            var current = await _config.Lock.GetAsync(limit.Token);
            if (current.HolderIdentity != _config.Lock.Identity)
                return;
            current.HolderIdentity = "";
            current.LeaseDurationSeconds = 1;
            current.RenewTime = _time.GetUtcNow().UtcDateTime;
            await _config.Lock.UpdateAsync(current, limit.Token);
        }
        catch (Exception e)
        {
            OnError?.Invoke(e);
        }
        _seen = null;
    }

    private static TimeSpan Jittered(TimeSpan period) => period * (1 - (Random.Shared.NextDouble() * 0.2));
}
