namespace k8s;

/// <summary>Requests of the core group that no generic client has. Called through <see cref="CoreV1OperationsExtensions"/>.</summary>
public interface ICoreV1Operations;
