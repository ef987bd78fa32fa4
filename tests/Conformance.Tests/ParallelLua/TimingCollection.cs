namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>Rows whose subject is time: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimingCollection
{
    public const string Name = "timing";
}
