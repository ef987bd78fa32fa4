using System.Reflection;
using System.Text.Json.Serialization;

// Where the Kubernetes client looks for the contracts of specs and statuses.
[assembly: AssemblyMetadata("JsonContext", "Bulkhead.Api.Resources.ResourceJson")]

namespace Bulkhead.Api.Resources;

/// <summary>The custom resources as JSON: camelCase, nulls left out. What nests too deep is found by those who check it; here it must only be readable.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 1000,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(WorkflowExecutionSpec))]
[JsonSerializable(typeof(WorkflowExecutionStatus))]
[JsonSerializable(typeof(WorkflowSpec))]
[JsonSerializable(typeof(WorkflowStatus))]
[JsonSerializable(typeof(ConnectionSpec))]
[JsonSerializable(typeof(ConnectionStatus))]
[JsonSerializable(typeof(TenantSpec))]
[JsonSerializable(typeof(TenantStatus))]
public sealed partial class ResourceJson : JsonSerializerContext;
