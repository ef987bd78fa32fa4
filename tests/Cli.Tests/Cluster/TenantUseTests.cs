using Bulkhead.Api.Resources;
using Bulkhead.Cli.Cluster;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class TenantUseTests
{
    [Fact]
    public void Of_ExecutionsAndTenants_CountsSlotsWaitsAndOpenConnections()
    {
        var acme = new TenantEntity { Metadata = new V1ObjectMeta { Name = "acme" }, Spec = new TenantSpec { Namespaces = ["acme"], MaxConcurrentExecutions = 4, Weight = 3 } };
        var idle = new TenantEntity { Metadata = new V1ObjectMeta { Name = "idle" }, Spec = new TenantSpec() };
        var stray = Recordings.Execution("new");
        stray.Metadata.NamespaceProperty = "stray";

        var loads = TenantUse.Of([.. new[] { "waiting", "running", "failed", "deleting" }.Select(Recordings.Execution), stray], [acme, idle], Recordings.Now);

        loads.ShouldBe(
        [
            new TenantUse { Tenant = "acme", Running = 2, Limit = 4, PerUser = 2, Weight = 3, Waiting = 1, LongestWaitS = 1795, OpenConnections = 1 },
            new TenantUse { Tenant = "idle", PerUser = 2, Weight = 1 },
            new TenantUse { Tenant = "stray", Waiting = 1, LongestWaitS = 1800 },
        ]);
    }
}
