using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator;
using Bulkhead.Operator.Connections;
using Bulkhead.Operator.Executions.Jobs;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>Whoever may make a Connection in one namespace cannot put it in the place of another tenant's.</summary>
[Collection(NodeCollection.Name)]
public sealed class GlobalConnectionTests(ExecutionCluster cluster) : IAsyncLifetime
{
    private const string Name = "shared-model";
    private const string Operators = "default"; // of the kubeconfig, as the service account's is of a pod

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => cluster.KubectlAsync(["-n", Operators, "delete", "wfc", Name, "--ignore-not-found"]);

    [Fact]
    public async Task Global_InAnotherTenantsNamespace_IsNotTakenAndOneInTheOperatorsIs()
    {
        var (evil, victim) = (await cluster.NamespaceAsync("global"), await cluster.NamespaceAsync("global"));
        await CreateAsync(evil);

        (await DraftAsync(victim)).Problems.ShouldHaveSingleItem().Code.ShouldBe("UNKNOWN_CONNECTION", "it waits for its own");
        (await DraftAsync(evil)).Job!.Connections.ShouldHaveSingleItem().Global.ShouldBeFalse("it serves its own namespace");

        await CreateAsync(Operators);

        (await DraftAsync(victim)).Job!.Connections.ShouldHaveSingleItem().Global.ShouldBeTrue();
        (await DraftAsync(evil)).Job!.Connections.ShouldHaveSingleItem().Global.ShouldBeFalse("its own comes first");
    }

    private Task<ConnectionEntity> CreateAsync(string ns) => cluster.Client.CreateAsync(new ConnectionEntity
    {
        Metadata = new V1ObjectMeta { Name = Name, NamespaceProperty = ns },
        Spec = new ConnectionSpec { Type = "http", Global = true, Config = JsonSerializer.SerializeToElement(new { baseUrl = "https://model.test" }) },
    });

    private Task<JobDraft> DraftAsync(string ns)
    {
        var reader = new JobReader(cluster.Client, new SharedConnections(cluster.Client), new OperatorOptions { Worker = ExecutionCluster.Worker });
        var workflow = new { name = "ask", nodes = new[] { new { name = "ask", type = "http", config = new { connection = Name, path = "/" } } } };
        return reader.DraftAsync(
            new WorkflowExecutionEntity
            {
                Metadata = new V1ObjectMeta { Name = "run", NamespaceProperty = ns, Uid = Guid.NewGuid().ToString() },
                Spec = new WorkflowExecutionSpec { Workflow = JsonSerializer.SerializeToElement(workflow) },
            },
            CancellationToken.None);
    }
}
