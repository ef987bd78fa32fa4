namespace KubeOps.Abstractions.Builder;

/// <summary>Which change leads to a reconcile: a new generation (status and metadata do not count), or every new resource version.</summary>
public enum ReconcileStrategy
{
    ByGeneration,
    ByResourceVersion,
}
