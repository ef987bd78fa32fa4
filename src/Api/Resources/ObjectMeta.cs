namespace Bulkhead.Api.Resources;

/// <summary>The part of a manifest's metadata that an author writes.</summary>
public sealed record ObjectMeta
{
    public string? Name { get; init; }

    /// <summary>Prefix of a generated name, in place of <see cref="Name"/>.</summary>
    public string? GenerateName { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
