using System.Text.Json.Serialization;
using Bulkhead.Api.Diagrams;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Graphs;

/// <summary>Plans and cycle diagnostics as JSON, compact, in the field order of NORP-004 and NORP-005.</summary>
[JsonSerializable(typeof(CycleDiagnostic))]
[JsonSerializable(typeof(ExecutionPlan))]
[JsonSerializable(typeof(StateGraphPlan))]
internal sealed partial class GraphJson : JsonSerializerContext;
