namespace Bulkhead.Operator.Executions;

/// <summary>
/// One read for all who ask while another one is under way. Everybody gets an answer that was asked of the server after they had asked for it: it is as live as a read
/// of their own.
/// </summary>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Task<T>? _next;

    public Task<T> ReadAsync(CancellationToken ct)
    {
        lock (_lock) return (_next ??= BeginAfterAsync(_underWay)).WaitAsync(ct);
    }

    private async Task<T> BeginAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        // Whoever asks from here on is too late for this one.
        lock (_lock) (_underWay, _next) = (_next!, null);
        return await read();
    }
}
