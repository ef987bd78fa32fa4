using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Bulkhead.Api.Problems;

namespace Bulkhead.Api.Text;

/// <summary>
/// An input text, read: JSON where it begins like JSON, else YAML (1.2 core schema). Pure and bounded (<see cref="InputBounds"/>):
/// hostile bytes give one problem with a line, never an exception.
/// </summary>
public sealed record SourceText
{
    /// <summary>The documents of the text; one for JSON; none when <see cref="Problems"/> has any.</summary>
    public IReadOnlyList<SourceValue> Documents { get; private init; } = [];

    /// <summary>Why the text could not be read.</summary>
    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    /// <summary>Plain scalars that YAML 1.1 reads otherwise (<c>AMBIGUOUS_SCALAR</c>): an error in a manifest, a warning elsewhere.</summary>
    public IReadOnlyList<Problem> Ambiguous { get; private init; } = [];

    public static SourceText Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return Parse(Checked(utf8.Span));
        }
        catch (SourceFault fault)
        {
            return new SourceText { Problems = [fault.Problem] };
        }
    }

    public static SourceText Read(string text) => Encoding.UTF8.GetMaxByteCount(text.Length) > 4 * InputBounds.DocumentBytes
        ? new SourceText { Problems = [TooLarge(text.Length).Problem] }
        : Read(Encoding.UTF8.GetBytes(text));

    public static SourceText Read(JsonElement element)
    {
        try
        {
            return new SourceText { Documents = [ElementSource.Read(element)] };
        }
        catch (SourceFault fault)
        {
            return new SourceText { Problems = [fault.Problem] };
        }
    }

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > InputBounds.DocumentBytes) throw TooLarge(utf8.Length);
        if (utf8.StartsWith("\ufeff"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8)) throw InvalidUtf8(utf8);
        if (utf8.IndexOf((byte)0) is var nul and >= 0)
            throw new SourceFault("INVALID_TEXT", "the text holds a NUL character", SourcePath.Root, LineOf(utf8, nul));
        return utf8;
    }

    private static SourceText Parse(ReadOnlySpan<byte> utf8)
    {
        if (LooksLikeJson(utf8))
        {
            try
            {
                return new SourceText { Documents = [JsonSource.Read(utf8)] };
            }
            catch (SourceFault fault) when (fault.Problem.Code == "INVALID_JSON" && utf8.IndexOf("\n---"u8) >= 0)
            {
                // JSON documents in a YAML stream.
            }
        }

        var ambiguous = new ProblemList();
        var documents = YamlSource.Read(Encoding.UTF8.GetString(utf8), ambiguous);
        return new SourceText { Documents = documents, Ambiguous = ambiguous.ToList() };
    }

    // `{"` and `[{` and `{}` begin JSON; `{a: 1}` and `[a]` are YAML.
    private static bool LooksLikeJson(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'[')) return false;
        var next = text[1..].TrimStart(" \t\r\n"u8);
        return next.IsEmpty || next[0] is (byte)'"' or (byte)'}' or (byte)'{' or (byte)']' or (byte)'[';
    }

    private static SourceFault TooLarge(int size) => new(
        "DOCUMENT_TOO_LARGE", $"the document has {size:n0} bytes; at most {InputBounds.DocumentBytes:n0} ({InputBounds.DocumentBytes / 1024} KiB) are allowed", SourcePath.Root, null);

    private static SourceFault InvalidUtf8(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            return new SourceFault("INVALID_UTF8", "the text is UTF-16; save it as UTF-8", SourcePath.Root, 1);
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var read) == OperationStatus.Done) at += read;
        return new SourceFault(
            "INVALID_UTF8", $"the text is not valid UTF-8 (byte {at:n0} is 0x{utf8[at]:x2})", SourcePath.Root, LineOf(utf8, at));
    }

    private static int LineOf(ReadOnlySpan<byte> utf8, int at) => 1 + utf8[..at].Count((byte)'\n');
}
