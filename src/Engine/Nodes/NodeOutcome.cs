using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Bulkhead.Engine.Nodes;

/// <summary>How one try of a node ended: a value (null means nil) or a failure.</summary>
internal readonly record struct NodeOutcome(JsonElement? Value, NodeFailure? Failure)
{
    [MemberNotNullWhen(true, nameof(Failure))]
    public bool Failed => Failure is not null;

    public static NodeOutcome Of(JsonElement? value) => new(value, null);

    public static NodeOutcome Of(NodeFailure failure) => new(null, failure);
}
