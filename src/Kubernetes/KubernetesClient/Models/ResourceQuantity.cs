using System.Globalization;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>
/// An amount with a suffix, such as <c>250m</c> or <c>64Mi</c>. The text is kept as it is; two are equal when their values are.
/// </summary>
[JsonConverter(typeof(ResourceQuantityConverter))]
public sealed class ResourceQuantity : IEquatable<ResourceQuantity>
{
    private readonly string _text;

    public ResourceQuantity(string v) => _text = v ?? throw new ArgumentNullException(nameof(v));

    public static implicit operator ResourceQuantity(string v) => new(v);

    public static implicit operator ResourceQuantity(decimal v) => new(v.ToString(CultureInfo.InvariantCulture));

    public static implicit operator decimal(ResourceQuantity v) => v?.ToDecimal() ?? 0;

    public static bool operator ==(ResourceQuantity? left, ResourceQuantity? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(ResourceQuantity? left, ResourceQuantity? right) => !(left == right);

    /// <exception cref="FormatException">The text is no quantity.</exception>
    public decimal ToDecimal()
    {
        var digits = _text.AsSpan().TrimEnd("numkKMGTPEi");
        var suffix = _text.AsSpan(digits.Length);
        var number = decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return number * Factor(suffix);
    }

    public bool Equals(ResourceQuantity? other) => other is not null && ToDecimal() == other.ToDecimal();

    public override bool Equals(object? obj) => Equals(obj as ResourceQuantity);

    public override int GetHashCode() => ToDecimal().GetHashCode();

    public override string ToString() => _text;

    private static decimal Factor(ReadOnlySpan<char> suffix) => suffix switch
    {
        "" => 1m,
        "n" => 1e-9m,
        "u" => 1e-6m,
        "m" => 1e-3m,
        "k" => 1e3m,
        "M" => 1e6m,
        "G" => 1e9m,
        "T" => 1e12m,
        "P" => 1e15m,
        "E" => 1e18m,
        "Ki" => 1024m,
        "Mi" => 1024m * 1024,
        "Gi" => 1024m * 1024 * 1024,
        "Ti" => 1024m * 1024 * 1024 * 1024,
        "Pi" => 1024m * 1024 * 1024 * 1024 * 1024,
        "Ei" => 1024m * 1024 * 1024 * 1024 * 1024 * 1024,
        _ => throw new FormatException($"'{suffix}' is not a suffix of a quantity."),
    };
}
