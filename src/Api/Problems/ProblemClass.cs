using System.Text.Json.Serialization;

namespace Bulkhead.Api.Problems;

/// <summary>The class of a fault (NORP-001). The first four are the user's, the last three the system's own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProblemClass>))]
public enum ProblemClass
{
    /// <summary>The document's shape, references or graph are wrong.</summary>
    [JsonStringEnumMemberName("STRUCTURAL_ERROR")] StructuralError,

    /// <summary>A declared external system is missing, inactive or cannot be used.</summary>
    [JsonStringEnumMemberName("RESOURCE_ERROR")] ResourceError,

    /// <summary>The tenant or user may not use what the document names.</summary>
    [JsonStringEnumMemberName("PERMISSION_ERROR")] PermissionError,

    /// <summary>The execution would cost more than its budget.</summary>
    [JsonStringEnumMemberName("COST_ERROR")] CostError,

    /// <summary>The validator itself failed.</summary>
    [JsonStringEnumMemberName("VALIDATOR_FAILURE")] ValidatorFailure,

    /// <summary>The compiler (plan, Lua syntax) itself failed.</summary>
    [JsonStringEnumMemberName("COMPILER_FAILURE")] CompilerFailure,

    /// <summary>The execution context could not be built.</summary>
    [JsonStringEnumMemberName("CONTEXT_FAILURE")] ContextFailure,
}
