using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Connections;

/// <summary>
/// Which Connections serve every namespace: those with <c>global: true</c> in the operator's own. Elsewhere one serves its own namespace only, or whoever may
/// make a Connection somewhere could take the name of another tenant's, and get that tenant's Secret of the same name sent to a server of his own.
/// </summary>
internal sealed class SharedConnections(IKubernetesClient client)
{
    private string? _namespace;

    public async ValueTask<bool> ContainsAsync(ConnectionEntity connection, CancellationToken ct) =>
        connection.Spec.Global == true && connection.Namespace() == (_namespace ??= await client.GetCurrentNamespaceAsync(cancellationToken: ct));
}
