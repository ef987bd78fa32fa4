#nullable disable
using System.Globalization;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A number or a text, such as a port or a percentage. Written as a number when it reads as one.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public class IntOrString
{
    public string Value { get; private init; }

    public static implicit operator IntOrString(int v) => new() { Value = v.ToString(CultureInfo.InvariantCulture) };

    public static implicit operator IntOrString(long v) => new() { Value = v.ToString(CultureInfo.InvariantCulture) };

    public static implicit operator IntOrString(string v) => new() { Value = v };

    public static implicit operator string(IntOrString v) => v?.Value;

    public override string ToString() => Value;

    public int ToInt() => int.Parse(Value, CultureInfo.InvariantCulture);
}
