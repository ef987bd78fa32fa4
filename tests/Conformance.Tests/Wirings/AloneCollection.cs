namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>Rows that measure time or memory of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
