#nullable disable
namespace k8s.Autorest;

/// <summary>Content and headers of a request or response that is over.</summary>
public abstract class HttpMessageWrapper
{
    public string Content { get; set; }

    public IDictionary<string, IEnumerable<string>> Headers { get; } = new Dictionary<string, IEnumerable<string>>();
}
