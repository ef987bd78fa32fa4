using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Graphs;

/// <summary>One cycle as NORP-004 reports it: <c>{"error":"STRUCTURAL_ERROR","code":"CYCLE_DETECTED","message":...,"cycle_path":["A","B","A"]}</c>.</summary>
/// <param name="Message">One sentence for a person.</param>
/// <param name="CyclePath">Node ids along the cycle; the first and the last are the same.</param>
public sealed record CycleDiagnostic(
    [property: JsonPropertyName("message"), JsonPropertyOrder(3)] string Message,
    [property: JsonPropertyName("cycle_path"), JsonPropertyOrder(4)] IReadOnlyList<string> CyclePath)
{
    [JsonPropertyName("error"), JsonPropertyOrder(1)]
    public string Error { get; } = "STRUCTURAL_ERROR";

    [JsonPropertyName("code"), JsonPropertyOrder(2)]
    public string Code { get; } = "CYCLE_DETECTED";

    public string ToJson() => JsonSerializer.Serialize(this, GraphJson.Readable.CycleDiagnostic);
}
