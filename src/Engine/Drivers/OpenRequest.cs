using Bulkhead.Api.Contract;

namespace Bulkhead.Engine.Drivers;

/// <summary>Everything a driver needs to open or release one connection.</summary>
/// <param name="Connection">The declared connection.</param>
/// <param name="Credentials">Its secret.</param>
/// <param name="OwnerTag">The mark that each server session carries.</param>
/// <param name="TimeLeft">Rest of the execution's active time, a bound for server-side time-outs; null where there is none.</param>
/// <param name="Clock">The clock.</param>
public sealed record OpenRequest(
    ConnectionDefinition Connection, Credentials Credentials, OwnerTag OwnerTag, TimeSpan? TimeLeft, TimeProvider Clock);
