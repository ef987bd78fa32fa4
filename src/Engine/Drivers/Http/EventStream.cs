using System.Buffers;
using System.Text;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>
/// Reads a body of server-sent events (WHATWG HTML, 9.2) while it arrives. No more is kept than the event that is under way.
/// </summary>
internal sealed class EventStream(Func<string, bool> take)
{
    /// <summary>Bytes of one event.</summary>
    public const int LongestEvent = 1 << 20;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly StringBuilder _data = new();
    private bool _afterReturn;

    /// <param name="stream">The body.</param>
    /// <param name="maxBytes">Most bytes of it.</param>
    /// <param name="alive">Called after every piece.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>When the taker wants no more, or the stream has ended.</returns>
    /// <exception cref="NodeFailureException">The body or one event is too long.</exception>
    public async Task ReadAsync(Stream stream, long maxBytes, Action alive, CancellationToken cancellationToken)
    {
        var piece = new byte[16 * 1024];
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(piece, cancellationToken)) > 0)
        {
            alive();
            if ((total += read) > maxBytes) throw TooLong($"The answer has more than {maxBytes} bytes, the limit of this connection (maxBytes).");
            if (!Split(piece.AsSpan(0, read))) return;
        }

        _ = Dispatch(); // Some servers leave out the empty line after the last event.
    }

    /// <summary>False when the taker wants no more. Lines end with CR, LF or both.</summary>
    private bool Split(ReadOnlySpan<byte> piece)
    {
        if (_afterReturn && piece[0] == (byte)'\n') piece = piece[1..];
        _afterReturn = false;
        while (piece.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
        {
            Keep(piece[..end]);
            if (!EndLine()) return false;
            var returned = piece[end] == (byte)'\r';
            piece = piece[(end + 1)..];
            if (!returned) continue;
            if (piece.IsEmpty) _afterReturn = true;
            else if (piece[0] == (byte)'\n') piece = piece[1..];
        }

        Keep(piece);
        return true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_line.WrittenCount + _data.Length + bytes.Length > LongestEvent) throw TooLong($"One event of the answer has more than {LongestEvent} bytes.");
        _line.Write(bytes);
    }

    private bool EndLine()
    {
        var line = Encoding.UTF8.GetString(_line.WrittenSpan);
        _line.ResetWrittenCount();
        if (line.Length == 0) return Dispatch();
        if (!line.StartsWith("data:", StringComparison.Ordinal)) return true;
        if (_data.Length > 0) _data.Append('\n');
        _data.Append(line.AsSpan(line.Length > 5 && line[5] == ' ' ? 6 : 5));
        return true;
    }

    private bool Dispatch()
    {
        if (_data.Length == 0) return true;
        var data = _data.ToString();
        _data.Clear();
        return take(data);
    }

    private static NodeFailureException TooLong(string message) => new("HttpError", message, retryable: false);
}
