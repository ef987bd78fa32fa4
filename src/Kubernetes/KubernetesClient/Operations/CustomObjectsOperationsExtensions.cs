#nullable disable
using k8s.Models;

namespace k8s;

/// <summary>Custom objects: deletion with options.</summary>
public static class CustomObjectsOperationsExtensions
{
    /// <summary>Deletes an object; <paramref name="body"/> carries preconditions, grace and propagation. One that is not there is an error, as is a precondition that does not hold (409).</summary>
    /// <param name="operations">The client's <c>CustomObjects</c>.</param>
    /// <param name="group">Of its resource.</param>
    /// <param name="version">Of its resource.</param>
    /// <param name="namespaceParameter">Its namespace.</param>
    /// <param name="plural">Of its resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="body">Null: as the server does by itself.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static Task<object> DeleteNamespacedCustomObjectAsync(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural, string name, V1DeleteOptions body = null,
        CancellationToken cancellationToken = default) =>
        ((CustomObjectsOperations)operations).Transport.SendAsync<object>(
            new(HttpMethod.Delete, $"/apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}") { Body = body }, cancellationToken);
}
