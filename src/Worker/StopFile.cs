namespace Bulkhead.Worker;

/// <summary>
/// Watches for the file by which whoever started this worker tells it to start no other node. A look twice a second costs nothing, and sees what a kubelet
/// swaps by its links, which notifications do not.
/// </summary>
internal sealed class StopFile : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _told = new();
    private readonly ITimer _timer;

    public StopFile(ContractDirectory directory, TimeProvider clock)
    {
        Told = _told.Token;
        if (directory.IsToldToStop()) _told.Cancel();
        _timer = clock.CreateTimer(_ => Look(directory), null, Every, Every);
    }

    public CancellationToken Told { get; }

    public void Dispose()
    {
        _timer.Dispose();
        _told.Dispose();
    }

    private void Look(ContractDirectory directory)
    {
        if (Told.IsCancellationRequested || !directory.IsToldToStop()) return;
        try
        {
            _told.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended meanwhile.
        }
    }
}
