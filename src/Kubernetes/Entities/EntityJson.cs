using System.Reflection;
using System.Text.Json.Serialization;

[assembly: AssemblyMetadata("JsonContext", "Bulkhead.Kubernetes.Entities.EntityJson")]

namespace Bulkhead.Kubernetes.Entities;

/// <summary>Source-generated JSON of our custom resources. Naming and nulls are the client's.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConnectionEntity))]
[JsonSerializable(typeof(TenantEntity))]
[JsonSerializable(typeof(WorkflowEntity))]
[JsonSerializable(typeof(WorkflowExecutionEntity))]
internal sealed partial class EntityJson : JsonSerializerContext;
