using System.Net;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Hooks;

namespace Bulkhead.Operator.Tests.Hooks;

public sealed class DrainTests
{
    [Fact]
    public async Task Run_DeletedSinceItWasListed_IsNoError()
    {
        var server = new FakeServer();
        server.Put(Given.Execution(status: new WorkflowExecutionStatus()));
        server.Listed = _ =>
        {
            server.Remove<WorkflowExecutionEntity>("hello", "acme");
            return Task.CompletedTask;
        };
        await using var output = new StringWriter();

        (await new Drain(server, output, TimeProvider.System).RunAsync(null, TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeTrue();

        output.ToString().Trim().ShouldBe("Every execution is ended and released; 0 were told to terminate.");
    }

    [Fact]
    public async Task Run_ServerRefuses_IsAnError()
    {
        var server = new FakeServer { Refuse = _ => FakeServer.Error(HttpStatusCode.Forbidden, "no") };
        server.Put(Given.Execution(status: new WorkflowExecutionStatus()));

        await Should.ThrowAsync<k8s.Autorest.HttpOperationException>(
            () => new Drain(server, TextWriter.Null, TimeProvider.System).RunAsync(null, TimeSpan.FromSeconds(30), CancellationToken.None));
    }
}
