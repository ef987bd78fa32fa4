using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Bulkhead.Api.Resources;

/// <summary>A workflow document that executions refer to by name.</summary>
public sealed record WorkflowSpec
{
    [Required]
    public required JsonElement Workflow { get; init; }
}
