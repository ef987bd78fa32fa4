#nullable disable
using k8s.Models;

namespace k8s;

/// <summary>Leases.</summary>
public static class CoordinationV1OperationsExtensions
{
    public static Task<V1Lease> ReadNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, string name, string namespaceParameter, CancellationToken cancellationToken = default) =>
        Send(operations, HttpMethod.Get, $"{Leases(namespaceParameter)}/{name}", null, cancellationToken);

    public static Task<V1Lease> CreateNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, V1Lease body, string namespaceParameter, CancellationToken cancellationToken = default) =>
        Send(operations, HttpMethod.Post, Leases(namespaceParameter), body, cancellationToken);

    public static Task<V1Lease> ReplaceNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, V1Lease body, string name, string namespaceParameter,
        CancellationToken cancellationToken = default) =>
        Send(operations, HttpMethod.Put, $"{Leases(namespaceParameter)}/{name}", body, cancellationToken);

    private static string Leases(string ns) => $"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases";

    private static Task<V1Lease> Send(ICoordinationV1Operations operations, HttpMethod method, string path, V1Lease body, CancellationToken ct) =>
        ((CoordinationV1Operations)operations).Transport.SendAsync<V1Lease>(new(method, path) { Body = body }, ct);
}
