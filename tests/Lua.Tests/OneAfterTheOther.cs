namespace Bulkhead.Lua.Tests;

/// <summary>Tests that load the whole machine: one at a time, after the others.</summary>
[CollectionDefinition("One after the other", DisableParallelization = true)]
public sealed class OneAfterTheOther;
