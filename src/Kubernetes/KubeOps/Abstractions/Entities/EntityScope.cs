namespace KubeOps.Abstractions.Entities;

/// <summary>Whether objects of a type live in namespaces.</summary>
public enum EntityScope
{
    Namespaced,
    Cluster,
}
