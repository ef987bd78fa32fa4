namespace k8s.Models;

/// <summary>A list of objects.</summary>
public interface IItems<T>
{
    IList<T> Items { get; set; }
}
