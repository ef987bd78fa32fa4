using Bulkhead.Engine;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

internal static class Hosts
{
    /// <summary>The real thing: the engine's runner with real Lua VMs, in this process.</summary>
    public static IExecutionHost Local() =>
        new LocalHost(new WorkflowLimits(), new DriverRegistry([]), _ => Credentials.None, TimeProvider.System);
}
