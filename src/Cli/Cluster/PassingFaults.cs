using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;

namespace Bulkhead.Cli.Cluster;

/// <summary>What passes by itself, as a restart of the API server does: whoever waits looks again. Pure.</summary>
internal static class PassingFaults
{
    public static bool IsPassing(Exception e) =>
        e is HttpRequestException or IOException or TimeoutException or HttpOperationException { Response.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };

    /// <summary>Of a watch besides: an end in the middle of an event, and a version that the server has forgotten (410), as an event or as its answer.</summary>
    public static bool IsPassingForWatch(Exception e) =>
        IsPassing(e) || e is KubernetesException or JsonException or HttpOperationException { Response.StatusCode: HttpStatusCode.Gone };
}
