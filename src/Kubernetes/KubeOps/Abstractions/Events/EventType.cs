namespace KubeOps.Abstractions.Events;

/// <summary>Type of an event, as kubectl shows it.</summary>
public enum EventType
{
    Normal,
    Warning,
}
