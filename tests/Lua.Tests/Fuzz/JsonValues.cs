using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Lua.Tests.Fuzz;

/// <summary>Random JSON values, with the numbers and names that conversions get wrong.</summary>
internal static class JsonValues
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "a", "1", "x y", "caf\u00e9", "\U0001F600", "\u0000", "\"\\/\b\n", "__index", "\u2028", new string('k', 60)),
        Gen.Elements("abcdefghijklmnopqrstuvwxyz\u00e4\u4e2d".ToCharArray()).ArrayOf().Select(letters => new string(letters)));

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Constant<JsonNode?>(null),
        Gen.Elements(true, false).Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Elements(0L, 1L, -1L, 255L, long.MaxValue, long.MinValue, 1L << 53, (1L << 53) + 1).Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Elements(0.1, -2.5, 1e300, 5e-324, double.MaxValue, 1.0 / 3, 1e15 + 0.3).Select(value => (JsonNode?)JsonValue.Create(value)),
        Text.Select(value => (JsonNode?)JsonValue.Create(value)));

    internal static Arbitrary<JsonElement> All { get; } = Arb.From(Value(4).Select(node => JsonSerializer.SerializeToElement(node)));

    private static Gen<JsonNode?> Value(int depth) => depth == 0
        ? Scalar
        : Gen.OneOf(
            Scalar,
            Gen.ListOf(Value(depth - 1), 3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Constant((JsonNode?)null).Select(_ => (JsonNode?)new JsonArray()),
            from names in Gen.ListOf(Text, 4)
            from values in Gen.ListOf(Value(depth - 1), 4)
            select (JsonNode?)new JsonObject(names.Zip(values).DistinctBy(pair => pair.First).Select(pair => KeyValuePair.Create(pair.First, pair.Second?.DeepClone()))));
}
