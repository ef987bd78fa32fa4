using System.Runtime.InteropServices;

namespace Bulkhead.Cli.Commands;

/// <summary>Ctrl-C, SIGTERM, a closed terminal: the first cancels in good order, the second kills the worker.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interrupts() => _signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, Handle))];

    public CancellationToken Cancel => _cancel.Token;

    public CancellationToken Kill => _kill.Token;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _cancel.Dispose();
        _kill.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        (_cancel.IsCancellationRequested ? _kill : _cancel).Cancel();
    }
}
