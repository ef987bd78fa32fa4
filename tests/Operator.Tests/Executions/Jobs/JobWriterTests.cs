using System.Text;
using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Tenants;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Jobs;

public sealed class JobWriterTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };

    [Fact]
    public void Draft_ValidSpec_IsAJobThatFits()
    {
        var draft = Draft(Spec with { UserId = "alice", Loading = "Eager", Timeouts = new ExecutionTimeouts { Active = "1m" }, Inputs = JsonElement.Parse("""{"x":1}""") });

        draft.Problems.ShouldBeEmpty();
        draft.Job!.ExecutionUid.ShouldBe(Guid.Parse(Given.Uid));
        draft.Job.TenantId.ShouldBe("acme");
        draft.Job.UserId.ShouldBe("alice");
        draft.Job.ThreadId.ShouldBe("acme/hello");
        draft.Job.EagerLoading.ShouldBeTrue();
        draft.Job.TimeoutMs.ShouldBe(60_000);
        draft.Shape!.ActiveSeconds.ShouldBe(60);
        draft.Nodes.ShouldBe(1);
        draft.Compressed.Length.ShouldBeInRange(1, JobSnapshot.LargestJob);
        draft.Waits.ShouldBeFalse();
    }

    [Fact]
    public void Draft_SecretsOfConnections_AreMountedAndNeverInTheJob()
    {
        var draft = Draft(Spec with { Connections = ["db"] }, connections: [Postgres("db") with { Spec = Postgres("db").Spec with { Release = new ConnectionRelease { SecretRef = new NameReference { Name = "killer" } } } }]);

        draft.Problems.ShouldBeEmpty();
        draft.Shape!.Connections.ShouldBe(["db"]);
        draft.Shape.Secrets.ShouldBe([new SecretMount("db", "db-secret", "killer")]);
        JsonSerializer.Serialize(draft.Job, Api.Contract.ContractJson.Default.Job).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData(1_400_000, true)]
    [InlineData(200_000, false)]
    public void Draft_LargeInputs_AreRefusedBySize(int characters, bool tooLarge)
    {
        var random = new Random(7);
        var noise = new StringBuilder(characters);
        for (var i = 0; i < characters; i++) noise.Append((char)('!' + random.Next(90) is var c && c is '"' or '\\' ? 'x' : c));

        var draft = Draft(Spec with { Inputs = JsonElement.Parse($$"""{"noise":"{{noise}}"}""") });

        draft.Problems.Select(p => p.Code).ShouldBe(tooLarge ? ["JOB_TOO_LARGE"] : []);
    }

    [Fact]
    public void Draft_SmallJobAndLargeTemplate_CountTogether()
    {
        var annotations = Enumerable.Range(0, 300).ToDictionary(i => $"note-{i}", _ => new string('x', 4096));

        Draft(Spec with { PodTemplate = new PodTemplate { Metadata = new PodTemplateMetadata { Annotations = annotations } } })
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("JOB_TOO_LARGE", "the ConfigMap holds both");
    }

    [Theory]
    [InlineData("""{"name":"x","nodes":[]}""")]
    [InlineData("""{"nodes":"none"}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""7""")]
    [InlineData("""{"name":"x","nodes":[{"name":"a","run":7}],"edges":[]}""")]
    public void Draft_DocumentOfAnotherShape_IsRefusedWithProblems(string document)
    {
        var draft = Draft(Spec, workflow: JsonElement.Parse(document));

        draft.Problems.ShouldNotBeEmpty();
        draft.Job.ShouldBeNull();
        draft.Waits.ShouldBeFalse();
    }

    [Fact]
    public void Draft_WorkflowIsNotThere_Waits()
    {
        var draft = JobWriter.Draft(Facts(new WorkflowExecutionSpec { WorkflowRef = new NameReference { Name = "later" } }, null, [], null));

        draft.Waits.ShouldBeTrue();
        draft.Problems.ShouldHaveSingleItem().Message.ShouldBe("there is no Workflow 'later' in this namespace");
    }

    [Fact]
    public void Draft_ConnectionIsNotThereOrOff_Waits()
    {
        Draft(Spec with { Connections = ["db"] }).Waits.ShouldBeTrue();
        Draft(Spec with { Connections = ["db"], TenantId = "mallory" }).Waits.ShouldBeFalse("a fault is told at once");
    }

    [Fact]
    public void Draft_ConnectionOfAnotherNamespace_IsRefusedAndDoesNotWait()
    {
        var refused = Draft(Spec with { Connections = ["globex/theirs"] });

        refused.Waits.ShouldBeFalse();
        refused.Problems.ShouldContain(p => p.Code == "REFERENCE_TO_ANOTHER_NAMESPACE");
        var named = Postgres("db") with { Spec = Postgres("db").Spec with { Id = JsonElement.Parse("\"team/db\"") } };
        Draft(Spec with { Connections = ["team/db"] }, [named]).Problems.ShouldBeEmpty("an id may have a slash");
    }

    [Fact]
    public void Draft_ConnectionsOfTheTenantsRules_AreChecked()
    {
        var tenant = new TenantSpec { AllowedConnectionTypes = ["http"] };

        Draft(Spec with { Connections = ["db"] }, [Postgres("db")], tenant: tenant).Problems.ShouldHaveSingleItem().Code.ShouldBe("CONNECTION_TYPE_NOT_ALLOWED");
        var pooled = Postgres("db") with { Spec = Postgres("db").Spec with { Pooling = "transaction" } };
        Draft(Spec with { Connections = ["db"] }, [pooled]).Problems.ShouldHaveSingleItem().Code.ShouldBe("POOLING_REFUSED");
        var deep = Postgres("db") with { Spec = Postgres("db").Spec with { Config = JsonElement.Parse($$"""{"a":{{new string('[', 64)}}{{new string(']', 64)}}}""", new() { MaxDepth = 100 }) } };
        Draft(Spec with { Connections = ["db"] }, [deep]).Problems.ShouldHaveSingleItem().Code.ShouldBe("TOO_DEEP");
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void Draft_ManyConnections_AreBounded(int count, bool refused)
    {
        var connections = Enumerable.Range(0, count).Select(i => Postgres($"db{i}")).ToArray();

        var draft = Draft(Spec with { Connections = [.. connections.Select(c => c.Name)] }, connections);

        draft.Problems.Select(p => p.Code).ShouldBe(refused ? ["TOO_MANY_CONNECTIONS"] : [], "a status holds 64");
    }

    [Fact]
    public void Read_Snapshot_GivesTheShapeBack()
    {
        var draft = Draft(Spec with { Connections = ["db"] }, [Postgres("db")]);
        var map = JobBuilder.Build(Given.Execution(), draft.Compressed, draft.Shape!);

        JobSnapshot.Write(JobSnapshot.Read(map, draft.Hash)!).ShouldBe(JobSnapshot.Write(draft.Shape!));
    }

    private static DeclaredConnection Postgres(string name) => new(name, IsLocal: true, new ConnectionSpec
    {
        Type = "postgres",
        Config = JsonElement.Parse("""{"host":"db","database":"orders"}"""),
        SecretRef = new NameReference { Name = $"{name}-secret" },
    });

    private static JobDraft Draft(WorkflowExecutionSpec spec, IReadOnlyList<DeclaredConnection>? connections = null, JsonElement? workflow = null, TenantSpec? tenant = null) =>
        JobWriter.Draft(Facts(spec, workflow ?? Given.Workflow, connections ?? [], tenant));

    private static JobFacts Facts(WorkflowExecutionSpec spec, JsonElement? workflow, IReadOnlyList<DeclaredConnection> connections, TenantSpec? tenant) => new()
    {
        Execution = Given.Execution(spec),
        Workflow = workflow,
        Tenant = new TenantOf("acme", tenant ?? new TenantSpec()),
        Connections = connections,
    };
}
