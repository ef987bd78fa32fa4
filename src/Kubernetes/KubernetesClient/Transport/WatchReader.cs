using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace k8s;

/// <summary>
/// Reads a watch, line by line. Ends when the server ends it. Silence longer than <c>silence</c> is an error, for the server promises
/// an event, a bookmark or the end within the time that was asked for.
/// </summary>
internal static class WatchReader
{
    /// <exception cref="KubernetesException">The server sent an error, for example 410.</exception>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<(WatchEventType Type, T Object)> ReadAsync<T>(
        HttpResponseMessage response, TimeSpan silence, TimeProvider time, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 32 * 1024));
        using var limit = new CancellationTokenSource(silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            while (true)
            {
                var read = await NextAsync(pipe, either.Token, ct);
                limit.CancelAfter(silence);
                var rest = read.Buffer;
                while (TryLine(ref rest, out var line))
                {
                    if (!line.IsEmpty)
                        yield return WatchLine.Parse<T>(line);
                }
                pipe.AdvanceTo(rest.Start, rest.End);
                if (!read.IsCompleted)
                    continue;
                if (!rest.IsEmpty)
                    throw new JsonException("the watch ended in the middle of an event");
                yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async ValueTask<ReadResult> NextAsync(PipeReader pipe, CancellationToken either, CancellationToken ct)
    {
        try
        {
            return await pipe.ReadAsync(either);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("the watch was silent for too long", e);
        }
    }

    private static bool TryLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
