namespace Bulkhead.Worker;

/// <summary>
/// The pipe from whoever started this worker on the same machine. When it closes, the starter is gone: the run is
/// cancelled, released and proven, and the contract directory with its credentials is removed.
/// </summary>
internal static class Lifeline
{
    public static async Task<int> RunAsync(string directory, Stream lifeline, Stream output, TimeProvider clock, CancellationTokenSource stop)
    {
        var closed = Task.Run(() => WaitUntilClosed(lifeline, stop));
        var exitCode = await RunVerb.RunAsync(new ContractDirectory(directory), output, clock, stop.Token);
        if (closed.IsCompleted) Directory.Delete(directory, recursive: true);
        return exitCode;
    }

    private static void WaitUntilClosed(Stream lifeline, CancellationTokenSource stop)
    {
        Span<byte> buffer = stackalloc byte[16];
        try
        {
            while (lifeline.Read(buffer) > 0)
            {
                // Nothing is ever said on the lifeline; only its end counts.
            }
        }
        catch (IOException)
        {
            // A broken pipe is a closed pipe.
        }

        stop.Cancel();
    }
}
