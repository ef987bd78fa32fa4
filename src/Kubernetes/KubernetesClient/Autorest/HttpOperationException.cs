#nullable disable
using k8s.Models;

namespace k8s.Autorest;

/// <summary>
/// The API server refused a request. <see cref="Response"/> has status code and body; the message is the server's own
/// (<c>status.message</c>) after method and path.
/// </summary>
public class HttpOperationException : Exception
{
    public HttpOperationException()
    {
    }

    public HttpOperationException(string message)
        : base(message)
    {
    }

    public HttpOperationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public HttpRequestMessageWrapper Request { get; set; }

    public HttpResponseMessageWrapper Response { get; set; }

    /// <summary>The body as <see cref="V1Status"/> where it is one.</summary>
    public object Body { get; set; }
}
