namespace KubeOps.Abstractions.Reconciliation;

/// <summary>What happened to an object.</summary>
public enum ReconciliationType
{
    Added,
    Modified,
    Deleted,
}
