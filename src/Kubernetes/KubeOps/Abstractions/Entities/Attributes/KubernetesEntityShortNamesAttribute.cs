namespace KubeOps.Abstractions.Entities.Attributes;

/// <summary>Short names of a custom resource, as kubectl takes them.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class KubernetesEntityShortNamesAttribute(params string[] shortNames) : Attribute
{
    public string[] ShortNames => shortNames;
}
