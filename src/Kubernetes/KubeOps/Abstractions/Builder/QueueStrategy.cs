namespace KubeOps.Abstractions.Builder;

/// <summary>Which queue holds the work. This runtime has the one in memory and refuses Custom.</summary>
public enum QueueStrategy
{
    InMemory,
    Custom,
}
