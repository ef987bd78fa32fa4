namespace k8s.Models;

/// <summary>An object with <c>metadata</c>.</summary>
public interface IMetadata<T>
{
    T Metadata { get; set; }
}
