#nullable disable
namespace k8s.Models;

/// <summary>Where the API server serves a type: group (empty for core), version, kind, plural.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    public string Kind { get; set; }

    public string Group { get; set; }

    public string ApiVersion { get; set; }

    public string PluralName { get; set; }
}
