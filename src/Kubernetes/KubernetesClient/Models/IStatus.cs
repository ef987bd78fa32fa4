namespace k8s.Models;

/// <summary>An object with <c>status</c>.</summary>
public interface IStatus<T>
{
    T Status { get; set; }
}
