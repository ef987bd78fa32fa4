using System.Text.Json;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions;

/// <summary>One call of an action, its arguments checked against the signature.</summary>
/// <param name="Run">What the execution shares.</param>
/// <param name="Caller">The visit of a node that calls.</param>
/// <param name="Arguments">By parameter name.</param>
internal sealed record ActionCall(Run Run, Caller Caller, IReadOnlyDictionary<string, JsonElement> Arguments)
{
    public JsonElement this[string name] => Arguments[name];

    public JsonElement? Find(string name) =>
        Arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string Text(string name) => Arguments[name].GetString()!;

    public string? FindText(string name) => Find(name)?.GetString();

    public double? FindNumber(string name) => Find(name)?.GetDouble();

    public static NodeFailureException Wrong(string message) => new(NodeFailure.ActionError, message, retryable: false);
}
