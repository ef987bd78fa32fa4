namespace KubeOps.Operator.Leadership;

/// <summary>Where the lead is now: written by the loop, read by the readiness check.</summary>
internal sealed class LeadState
{
    private volatile Lead _lead;

    public Lead Lead
    {
        get => _lead;
        set => _lead = value;
    }
}
