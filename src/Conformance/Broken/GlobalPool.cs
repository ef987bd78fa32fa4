using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>What NORP-006 forbids: credentials that every execution can reach. The scan for static state must find it.</summary>
internal static class GlobalPool
{
    internal static readonly Credentials? Shared;
}
