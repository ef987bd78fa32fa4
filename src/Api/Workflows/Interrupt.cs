namespace Bulkhead.Api.Workflows;

/// <summary>Where a node suspends the execution with a checkpoint.</summary>
public enum Interrupt
{
    None,
    Before,
    After,
}
