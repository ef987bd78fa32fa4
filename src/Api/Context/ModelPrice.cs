using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Api.Context;

/// <summary>What a model's tokens cost: one entry of an http connection's <c>prices: {model: {input, output}}</c>, each for a million tokens.</summary>
public readonly record struct ModelPrice(double Input, double Output)
{
    private const double PricedTokens = 1_000_000;

    /// <summary>Null where the connection names no price for the model.</summary>
    public static ModelPrice? Of(ConnectionDefinition connection, string? model)
    {
        if (model is null || connection.Config.ValueKind != JsonValueKind.Object) return null;
        if (!connection.Config.TryGetProperty("prices", out var prices) || prices.ValueKind != JsonValueKind.Object) return null;
        return prices.TryGetProperty(model, out var price) && price.ValueKind == JsonValueKind.Object
            ? new ModelPrice(Number(price, "input"), Number(price, "output"))
            : null;
    }

    public double CostOf(long input, long output) => (input * Input + output * Output) / PricedTokens;

    private static double Number(JsonElement price, string what) =>
        price.TryGetProperty(what, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var amount) ? amount : 0;
}
