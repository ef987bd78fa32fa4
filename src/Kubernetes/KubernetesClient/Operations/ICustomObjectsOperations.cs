namespace k8s;

/// <summary>Requests for objects of any custom resource. Called through <see cref="CustomObjectsOperationsExtensions"/>.</summary>
public interface ICustomObjectsOperations;
