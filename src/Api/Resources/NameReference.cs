using System.ComponentModel.DataAnnotations;

namespace Bulkhead.Api.Resources;

/// <summary>An object of the same namespace, by name.</summary>
public sealed record NameReference
{
    [Required]
    public required string Name { get; init; }
}
