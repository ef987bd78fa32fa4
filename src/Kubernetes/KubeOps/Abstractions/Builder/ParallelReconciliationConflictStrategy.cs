namespace KubeOps.Abstractions.Builder;

/// <summary>
/// What becomes of an event whose object is being reconciled. This runtime always remembers it and reconciles once more afterwards,
/// without holding a slot meanwhile; the values are accepted for compatibility.
/// </summary>
public enum ParallelReconciliationConflictStrategy
{
    Discard,
    RequeueAfterDelay,
    WaitForCompletion,
}
