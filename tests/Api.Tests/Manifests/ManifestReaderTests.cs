using System.Text.Json;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Tests.Manifests;

public sealed class ManifestReaderTests
{
    private const string Shapes = """
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: hello, namespace: acme, labels: {team: blue}}
        spec:
          userId: alice
          inputs: {regions: [north, south]}
          timeouts: {active: 10m}
          release: {graceful: 30s, onTimeout: Block}
          podTemplate:
            resources: {limits: {memory: 256Mi}}
            tolerations: [{key: spot, operator: Exists}]
          workflow:
            name: hello
            nodes:
              - {name: a, run: "return {}"}
        ---
        apiVersion: bulkhead.dev/v1alpha1
        kind: Connection
        metadata: {name: orders-db, namespace: acme}
        spec:
          id: 5
          type: postgres
          config: {host: db.acme.svc, port: 5432, database: orders, sslMode: Require, maxSessions: 1}
          secretRef: {name: orders-db}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: orders-db, namespace: acme}
        stringData: {username: wf, password: "env:ORDERS_DB_PASSWORD"}
        ---
        apiVersion: bulkhead.dev/v1alpha1
        kind: Tenant
        metadata: {name: acme}
        spec: {namespaces: [acme], maxConcurrentPerUser: 3, allowedConnectionTypes: [postgres]}
        ---
        apiVersion: bulkhead.dev/v1alpha1
        kind: Workflow
        metadata: {name: shared, namespace: acme}
        spec: {workflow: {nodes: [{id: a, type: output, config: {value: 1}}]}}
        """;

    [Fact]
    public void Read_Shapes_GivesEveryKind()
    {
        var set = ManifestReader.Read(Shapes);

        set.Problems.ShouldBeEmpty();
        var execution = set.Executions.ShouldHaveSingleItem();
        (execution.Metadata.Name, execution.Metadata.Namespace, execution.Metadata.Labels!["team"]).ShouldBe(("hello", "acme", "blue"));
        execution.Spec.UserId.ShouldBe("alice");
        execution.Spec.Inputs!.Value.GetRawText().ShouldBe("""{"regions":["north","south"]}""");
        execution.Spec.PodTemplate!.Resources!.Limits!["memory"].ShouldBe("256Mi");
        set.Secrets.ShouldHaveSingleItem().StringData["password"].ShouldBe("env:ORDERS_DB_PASSWORD");
        set.Secrets[0].ToString().ShouldBe("Secret orders-db (username, password)");
        set.Tenants.ShouldHaveSingleItem().Spec.MaxConcurrentPerUser.ShouldBe(3);
        set.Workflows.ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_InlineWorkflow_KeepsPathsAndLinesOfTheManifest()
    {
        var set = ManifestReader.Read(Shapes.Replace("run: \"return {}\"", "rn: x", StringComparison.Ordinal));

        var document = set.Executions.ShouldHaveSingleItem().Source.Find("spec")!.Find("workflow")!;
        var problem = WorkflowLoader.Load(document).Problems.ShouldHaveSingleItem();
        (problem.Path, problem.Line).ShouldBe(("spec.workflow.nodes[0].rn", 15));
    }

    [Fact]
    public void ToDefinition_Connection_CarriesEverythingButCredentials()
    {
        var connection = ManifestReader.Read(Shapes).Connections.ShouldHaveSingleItem();

        var definition = connection.Spec.ToDefinition(connection.Metadata.Name!, "acme");

        (definition.Name, definition.Id, definition.Type, definition.TenantId, definition.Pooling, definition.Active).ShouldBe(("orders-db", "5", "postgres", "acme", "none", true));
        definition.Config.GetProperty("port").GetInt32().ShouldBe(5432);
        definition.Release.ShouldBeNull();
    }

    [Theory]
    [InlineData("userId: alice", "userID: alice", "UNKNOWN_FIELD spec.userID:5 unknown field 'userID'; did you mean 'userId'?")]
    [InlineData("userId: alice", "userId: 12", "WRONG_TYPE spec.userId:5 'userId' must be a string (put quotes around it)")]
    [InlineData("userId: alice", "userId: yes", "AMBIGUOUS_SCALAR spec.userId:5 'yes' means text here and something else in YAML 1.1 tools such as kubectl; quote it")]
    [InlineData("userId: alice", "workflowRef: {name: x}", "INVALID_VALUE spec:5 exactly one of 'workflow' and 'workflowRef' is required")]
    [InlineData("userId: alice", "loading: eager", "INVALID_VALUE spec.loading:5 'loading' must be one of Lazy, Eager, not 'eager'")]
    [InlineData("userId: alice", "ttlSecondsAfterFinished: -1", "INVALID_VALUE spec.ttlSecondsAfterFinished:5 'ttlSecondsAfterFinished' must lie between 0 and 2147483647, not '-1'")]
    [InlineData("active: 10m", "active: soon", "INVALID_VALUE spec.timeouts.active:7 'active' must be a duration such as 30s, 10m or 1h (at most 30 days), not 'soon'")]
    [InlineData("{regions: [north, south]}", "[1]", "WRONG_TYPE spec.inputs:6 'inputs' must be a mapping")]
    [InlineData("{memory: 256Mi}", "{memory: 1}", "WRONG_TYPE spec.podTemplate.resources.limits.memory:10 'memory' must be a string (put quotes around it)")]
    [InlineData("{name: hello, namespace: acme, labels: {team: blue}}", "{name: Hello_1}", "INVALID_NAME metadata.name:3 'name' is 'Hello_1'; it must consist of lower case letters, digits and '-' and '.' and begin and end with a letter or digit")]
    [InlineData("{name: hello, namespace: acme, labels: {team: blue}}", "{namespace: acme}", "MISSING_FIELD metadata:3 'name' is required")]
    [InlineData("kind: WorkflowExecution", "kind: Deployment", "UNKNOWN_KIND kind:2 unknown kind 'Deployment'; there are WorkflowExecution, Workflow, Connection, Tenant, Secret")]
    [InlineData("apiVersion: bulkhead.dev/v1alpha1\nkind: WorkflowExecution", "apiVersion: bulkhead.dev/v1\nkind: WorkflowExecution", "UNKNOWN_VERSION apiVersion:1 the apiVersion of a WorkflowExecution is bulkhead.dev/v1alpha1, not 'bulkhead.dev/v1'")]
    [InlineData("  type: postgres\n", "", "MISSING_FIELD spec:21 'type' is required")]
    [InlineData("secretRef: {name: orders-db}", "pooling: transaction", "POOLING_REFUSED spec.pooling:24 'pooling: transaction' needs 'release.endpoint', the server itself: a transaction pooler makes owner tags meaningless")]
    [InlineData("secretRef: {name: orders-db}", "secretRef: {name: orders-db, namespace: other}", "UNKNOWN_FIELD spec.secretRef.namespace:24 unknown field 'namespace'; known here: name")]
    public void Read_FaultyManifest_GivesFault(string good, string bad, string fault) =>
        ManifestReader.Read(Shapes.Replace(good, bad, StringComparison.Ordinal)).Problems.Select(Loading.Loaded.Line).ShouldBe([fault]);

    [Theory]
    [InlineData("kind: X", true)]
    [InlineData("{\"apiVersion\": \"v1\"}", true)]
    [InlineData("---\n---\nkind: X", true)]
    [InlineData("nodes: []", false)]
    [InlineData("", false)]
    public void IsManifest_Text_IsToldFromBareDocuments(string text, bool expected) => ManifestReader.IsManifest(SourceText.Read(text)).ShouldBe(expected);

    [Fact]
    public void Read_LargeInlineWorkflow_NamesTheBound()
    {
        var fault = ManifestReader.Read(Shapes.Replace("return {}", new string('x', 250_000) + "\\\"" + new string('y', 12_120), StringComparison.Ordinal)).Problems.ShouldHaveSingleItem();

        fault.Code.ShouldBe("DOCUMENT_TOO_LARGE");
        fault.Message.ShouldContain("at most 262,144 (256 KiB) are allowed");
    }

    [Fact]
    public void Serialize_Spec_RoundTripsInCamelCase()
    {
        var spec = ManifestReader.Read(Shapes).Executions[0].Spec;

        var json = JsonSerializer.Serialize(spec, ResourceJson.Default.WorkflowExecutionSpec);
        var again = JsonSerializer.Deserialize(json, ResourceJson.Default.WorkflowExecutionSpec);

        json.ShouldStartWith("""{"workflow":{"name":"hello",""");
        JsonSerializer.Serialize(again, ResourceJson.Default.WorkflowExecutionSpec).ShouldBe(json);
    }

    [Fact]
    public void Deserialize_ObjectWithUnknownChoice_DoesNotThrow() =>
        JsonSerializer.Deserialize("""{"desiredState":"Sleeping","timeouts":{"active":"soon"}}""", ResourceJson.Default.WorkflowExecutionSpec)!
            .DesiredState.ShouldBe("Sleeping", "one bad object must not stop the reading of a list");
}
