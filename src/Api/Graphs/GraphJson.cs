using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bulkhead.Api.Diagrams;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Graphs;

/// <summary>Plans and cycle diagnostics as JSON, compact, in the field order of NORP-004 and NORP-005.</summary>
[JsonSerializable(typeof(CycleDiagnostic))]
[JsonSerializable(typeof(ExecutionPlan))]
[JsonSerializable(typeof(StateGraphPlan))]
internal sealed partial class GraphJson : JsonSerializerContext
{
    /// <summary>Writes <c>-&gt;</c> and letters of any script as they are; the text is never put into HTML.</summary>
    public static GraphJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
