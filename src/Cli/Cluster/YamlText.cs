using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bulkhead.Cli.Cluster;

/// <summary>JSON as YAML: a text stands plain only where no reader, of YAML 1.1 or 1.2, takes it for something else.</summary>
internal static partial class YamlText
{
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    public static string Of(JsonElement json)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithMaxSimpleKeyLength(1024).WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, json);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString().TrimEnd('\n');
    }

    private static void Emit(Emitter emitter, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, json.GetPropertyCount() == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var property in json.EnumerateObject())
                {
                    Scalar(emitter, property.Name, StyleOf(property.Name));
                    Emit(emitter, property.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, json.GetArrayLength() == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in json.EnumerateArray()) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Scalar(emitter, json.GetString()!, StyleOf(json.GetString()!));
                break;
            default:
                Scalar(emitter, json.GetRawText(), ScalarStyle.Plain);
                break;
        }
    }

    private static void Scalar(Emitter emitter, string text, ScalarStyle style) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    private static ScalarStyle StyleOf(string text) => text switch
    {
        _ when Plain().IsMatch(text) && !Words.Contains(text, StringComparer.OrdinalIgnoreCase) => ScalarStyle.Plain,
        _ when text.Contains('\n', StringComparison.Ordinal) && Lines().IsMatch(text) => ScalarStyle.Literal,
        _ => ScalarStyle.DoubleQuoted,
    };

    [GeneratedRegex(@"^[A-Za-z_/][\w./-]*( [\w./-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    // A literal block keeps neither blanks at its start, nor control characters, nor other line ends, nor more than one line's end at its end.
    [GeneratedRegex(@"^[^\s\p{C}]([^\p{C}\p{Zl}\p{Zp}]|\n(?!\n*\z))*\n?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lines();
}
