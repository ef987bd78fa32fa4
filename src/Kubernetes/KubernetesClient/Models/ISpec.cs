namespace k8s.Models;

/// <summary>An object with <c>spec</c>.</summary>
public interface ISpec<T>
{
    T Spec { get; set; }
}
