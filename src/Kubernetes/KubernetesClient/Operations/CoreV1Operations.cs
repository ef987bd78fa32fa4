namespace k8s;

internal sealed record CoreV1Operations(ApiTransport Transport) : ICoreV1Operations;
