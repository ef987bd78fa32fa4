using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

/// <summary>
/// A connection to one API server. Thread-safe; one per process is enough. Requests are paced and retried as <see cref="ClientLimits"/> says.
/// </summary>
public sealed class Kubernetes : IKubernetes
{
    /// <param name="config">Where the server is and how to speak to it.</param>
    /// <param name="handlers">See every request; the first is outermost.</param>
    /// <exception cref="KubeConfigException">The host is missing or no address.</exception>
    public Kubernetes(KubernetesClientConfiguration config, params DelegatingHandler[] handlers)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (!Uri.TryCreate(config.Host, UriKind.Absolute, out var host) || (host.Scheme != Uri.UriSchemeHttp && host.Scheme != Uri.UriSchemeHttps))
            throw new KubeConfigException($"'{config.Host}' is not the address of an API server.");
        BaseUri = host;
        var connections = new RotatingHandler(config, TimeProvider.System);
        Transport = new(
            ApiHandler.Create(connections, handlers ?? []), new(Credentials(config), connections), host, config.UserAgent,
            config.HttpClientTimeout, !config.DisableHttp2, config.Limits, TimeProvider.System);
        CoreV1 = new CoreV1Operations(Transport);
        CoordinationV1 = new CoordinationV1Operations(Transport);
        CustomObjects = new CustomObjectsOperations(Transport);
    }

    public Uri BaseUri { get; set; }

    public ICoreV1Operations CoreV1 { get; }

    public ICoordinationV1Operations CoordinationV1 { get; }

    public ICustomObjectsOperations CustomObjects { get; }

    internal ApiTransport Transport { get; }

    public void Dispose() => Transport.Dispose();

    private static ITokenProvider? Credentials(KubernetesClientConfiguration config) =>
        config.TokenProvider
        ?? (!string.IsNullOrEmpty(config.AccessToken) ? KubeConfigValue.Read("token", () => StaticToken.Bearer(config.AccessToken))
            : !string.IsNullOrEmpty(config.Username) ? StaticToken.Basic(config.Username, config.Password)
            : null);
}
