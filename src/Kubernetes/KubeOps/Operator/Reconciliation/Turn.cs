namespace KubeOps.Operator.Reconciliation;

/// <summary>How one turn of a key ended: whether it failed, and when it wants another.</summary>
internal readonly record struct Turn(bool Failed, TimeSpan? Again)
{
    public static Turn Settled => default;
}
