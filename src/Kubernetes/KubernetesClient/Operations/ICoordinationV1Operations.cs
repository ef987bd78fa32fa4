namespace k8s;

/// <summary>Requests for leases. Called through <see cref="CoordinationV1OperationsExtensions"/>.</summary>
public interface ICoordinationV1Operations;
