using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Brings the arguments of a node or a script into one form and checks them against the signature.</summary>
internal static class ActionArguments
{
    /// <summary>From a node's <c>with:</c> object.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Named(ActionSignature signature, JsonElement with)
    {
        var arguments = Json.Fields(with).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var name in arguments.Keys)
        {
            if (!signature.Parameters.Any(p => p.Name == name))
                throw ActionCall.Wrong($"{signature.Name} has no parameter '{name}'. It takes: {string.Join(", ", signature.Parameters.Select(p => p.Name))}.");
        }

        foreach (var parameter in signature.Parameters) Check(signature, parameter, arguments);
        return arguments;
    }

    /// <summary>From a script's arguments.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Positional(ActionSignature signature, JsonElement arguments)
    {
        if (signature.Named)
            return Named(signature, arguments.GetArrayLength() > 0 ? arguments[0] : Json.EmptyObject);
        if (arguments.GetArrayLength() > signature.Parameters.Count)
            throw ActionCall.Wrong($"{signature.Name} takes at most {signature.Parameters.Count} arguments, got {arguments.GetArrayLength()}.");
        return Named(signature, Json.Object(signature.Parameters.Zip(arguments.EnumerateArray(), (p, value) => KeyValuePair.Create(p.Name, value))));
    }

    private static void Check(ActionSignature signature, ActionParameter parameter, Dictionary<string, JsonElement> arguments)
    {
        var given = arguments.TryGetValue(parameter.Name, out var value) && value.ValueKind != JsonValueKind.Null;
        if (!given && parameter.Required && parameter.Type != "any") throw ActionCall.Wrong($"{signature.Name}: '{parameter.Name}' is missing.");
        if (!given && parameter.Type == "any") arguments.TryAdd(parameter.Name, Json.Null);
        if (given && !Matches(parameter.Type, value.ValueKind))
            throw ActionCall.Wrong($"{signature.Name}: '{parameter.Name}' must be {Article(parameter.Type)}, got {value.ValueKind.ToString().ToLowerInvariant()}.");
    }

    private static bool Matches(string type, JsonValueKind kind) => type switch
    {
        "string" => kind == JsonValueKind.String,
        "number" => kind == JsonValueKind.Number,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "object" => kind == JsonValueKind.Object,
        "list" => kind == JsonValueKind.Array,
        _ => true,
    };

    private static string Article(string type) => type == "object" ? "an object" : $"a {type}";
}
