using System.Text;

namespace Bulkhead.Testing.Otlp;

/// <summary>A message in protobuf's wire format, read by field number: enough to look at what an exporter really sends.</summary>
/// <param name="Bytes">The message.</param>
public sealed record Protobuf(ReadOnlyMemory<byte> Bytes)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    private readonly ILookup<int, ReadOnlyMemory<byte>> _fields = Read(Bytes).ToLookup(f => f.Field, f => f.Value);

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    public Protobuf? this[int field] => _fields[field].Select(b => new Protobuf(b)).LastOrDefault();

    public IEnumerable<Protobuf> All(params ReadOnlySpan<int> path)
    {
        IEnumerable<Protobuf> at = [this];
        foreach (var field in path) at = [.. at.SelectMany(m => m._fields[field]).Select(b => new Protobuf(b))];
        return at;
    }

    private static List<(int Field, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> message)
    {
        List<(int, ReadOnlyMemory<byte>)> fields = [];
        try
        {
            for (var at = 0; at < message.Length;)
            {
                var key = Number(message.Span, ref at);
                var from = at;
                var length = (key & 7) switch
                {
                    Varint => Skip(message.Span, ref at),
                    Fixed64 => 8,
                    Fixed32 => 4,
                    Delimited => (int)Number(message.Span, ref at),
                    _ => throw new InvalidDataException("no wire type of ours"),
                };
                if ((key & 7) == Varint) fields.Add(((int)(key >> 3), message[from..at]));
                else fields.Add(((int)(key >> 3), message.Slice(at, length)));
                at += (key & 7) == Varint ? 0 : length;
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // A string or a number, not a message: it has no fields.
            return [];
        }

        return fields;
    }

    private static int Skip(ReadOnlySpan<byte> bytes, ref int at)
    {
        Number(bytes, ref at);
        return 0;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
