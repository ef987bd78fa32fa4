#nullable disable
using k8s.Models;

namespace k8s;

/// <summary>Pods: logs, and deletion with options.</summary>
public static class CoreV1OperationsExtensions
{
    /// <summary>The log of a container as the server streams it. Dispose the stream to end a followed log.</summary>
    /// <param name="operations">The client's <c>CoreV1</c>.</param>
    /// <param name="name">Name of the pod.</param>
    /// <param name="namespaceParameter">Its namespace.</param>
    /// <param name="container">Needed where the pod has several.</param>
    /// <param name="follow">Goes on until the container ends.</param>
    /// <param name="limitBytes">The server stops after so many bytes.</param>
    /// <param name="previous">The log of the container's last but one start.</param>
    /// <param name="sinceSeconds">Only lines of the last seconds.</param>
    /// <param name="tailLines">Only the last lines.</param>
    /// <param name="timestamps">Each line begins with its time.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<Stream> ReadNamespacedPodLogAsync(
        this ICoreV1Operations operations, string name, string namespaceParameter, string container = null, bool? follow = null,
        int? limitBytes = null, bool? previous = null, int? sinceSeconds = null, int? tailLines = null, bool? timestamps = null,
        CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest(HttpMethod.Get, $"/api/v1/namespaces/{namespaceParameter}/pods/{name}/log")
        {
            Query =
            [
                ("container", container), ("follow", Text(follow)), ("limitBytes", Text(limitBytes)), ("previous", Text(previous)),
                ("sinceSeconds", Text(sinceSeconds)), ("tailLines", Text(tailLines)), ("timestamps", Text(timestamps)),
            ],
        };
        var response = await ((CoreV1Operations)operations).Transport.OpenAsync(request, cancellationToken);
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>Deletes a pod; <paramref name="body"/> carries preconditions, grace and propagation. The server answers with the pod.</summary>
    public static Task<V1Pod> DeleteNamespacedPodAsync(
        this ICoreV1Operations operations, string name, string namespaceParameter, V1DeleteOptions body = null,
        int? gracePeriodSeconds = null, string propagationPolicy = null, CancellationToken cancellationToken = default) =>
        ((CoreV1Operations)operations).Transport.SendAsync<V1Pod>(
            new(HttpMethod.Delete, $"/api/v1/namespaces/{namespaceParameter}/pods/{name}")
            {
                Query = [("gracePeriodSeconds", Text(gracePeriodSeconds)), ("propagationPolicy", propagationPolicy)],
                Body = body,
            },
            cancellationToken);

    private static string Text(bool? value) => value is null ? null : value.Value ? "true" : "false";

    private static string Text(int? value) => value?.ToString();
}
