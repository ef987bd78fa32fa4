namespace k8s;

internal sealed record CustomObjectsOperations(ApiTransport Transport) : ICustomObjectsOperations;
