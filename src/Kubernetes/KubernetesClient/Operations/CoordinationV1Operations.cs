namespace k8s;

internal sealed record CoordinationV1Operations(ApiTransport Transport) : ICoordinationV1Operations;
