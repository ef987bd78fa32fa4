using System.Text.Json;
using Bulkhead.Api.Text;
using Bulkhead.Cli.Cluster.Doctor;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class DoctorTests
{
    private static readonly ExecutionCheck Check = new() { Now = Recordings.Now, Stuck = TimeSpan.FromMinutes(10), Lag = TimeSpan.FromSeconds(30) };

    [Fact]
    public void Crds_OfThisTree_AreTheKnownOnes() => CrdCheck.Of(Crds()).ShouldHaveSingleItem().State.ShouldBe("ok");

    [Fact]
    public void Crds_OlderOrMissing_AreNamedWithTheFieldsThatTheyDrop()
    {
        var older = Crds().Where(c => c.Name() != "tenants.bulkhead.dev").ToList();
        var executions = older.Single(c => c.Name() == "workflowexecutions.bulkhead.dev");
        executions.Spec = JsonElement.Parse(executions.Spec.GetRawText().Replace("\"ttlSecondsAfterFinished\":", "\"formerly\":", StringComparison.Ordinal));

        var findings = CrdCheck.Of(older).ToList();

        findings.ShouldAllBe(f => f.State == "wrong" && f.Do.Contains("kubectl apply -f crds/", StringComparison.Ordinal));
        findings.Select(f => f.Found).ShouldBe(["workflowexecutions.bulkhead.dev is of another version: it drops spec.ttlSecondsAfterFinished", "tenants.bulkhead.dev is missing"]);
    }

    [Fact]
    public void Executions_StuckUnseenUnreleased_AreEachFoundWithWhatToDo()
    {
        var orphaned = Recordings.Execution("deleting");
        orphaned.Metadata.DeletionTimestamp = null;

        var findings = Check.Executions([.. new[] { "new", "waiting", "running", "failed", "deleting" }.Select(Recordings.Execution), orphaned]).ToList();

        findings.Select(f => (f.State, f.Check)).ShouldBe([("wrong", "stuck finalizers"), ("wrong", "lag"), ("wrong", "release"), ("wrong", "release")]);
        findings[0].Found.ShouldBe("acme/deleting is being deleted for 29m: ReleaseFailed: orders-db: the server does not answer");
        findings.ShouldAllBe(f => f.Do.Length > 0);
    }

    [Fact]
    public void Executions_Healthy_AreOk() => Check.Executions([Recordings.Execution("running"), Recordings.Execution("failed")]).ShouldHaveSingleItem().State.ShouldBe("ok");

    [Theory]
    [InlineData("running", false, true, "ok", "its execution is there")]
    [InlineData("running", true, true, "wrong", "in deletion for too long")]
    [InlineData(null, false, true, "wrong", "its execution is gone")]
    [InlineData(null, false, false, "ok", "holds nothing any more")]
    public void Leftovers_FencedPod_IsOrphanedOrStuck(string? owner, bool deleting, bool fenced, string expected, string because)
    {
        var pod = new V1Pod
        {
            Kind = "Pod",
            Metadata = new V1ObjectMeta
            {
                Name = "p",
                NamespaceProperty = "acme",
                Finalizers = fenced ? ["bulkhead.dev/fence"] : null,
                DeletionTimestamp = deleting ? Recordings.Now.AddHours(-1).UtcDateTime : null,
                Labels = new Dictionary<string, string> { ["bulkhead.dev/execution-uid"] = Recordings.Execution("running").Uid() },
            },
        };
        List<WorkflowExecutionEntity> executions = owner is null ? [] : [Recordings.Execution(owner)];

        Check.Leftovers([pod], executions).ShouldHaveSingleItem().State.ShouldBe(expected, because);
    }

    [Theory]
    [InlineData("pod-1", 3, "ok")]
    [InlineData("pod-1", 300, "wrong")]
    [InlineData("", 3, "wrong")]
    public void Leader_ByItsLease_WorksOrNot(string holder, int ageSeconds, string expected) => OperatorCheck.Leader(
        "system", new V1Lease { Spec = new V1LeaseSpec { HolderIdentity = holder, RenewTime = Recordings.Now.AddSeconds(-ageSeconds).UtcDateTime } }, Recordings.Now).State.ShouldBe(expected);

    [Fact]
    public void Rights_OfTheOperator_AreThoseOfItsRoles()
    {
        var granted = from file in new[] { "operator-role.yaml", "cluster-role.yaml", "lease-role.yaml" }
                      from document in Documents(Path.Combine("config", "rbac", file))
                      where document.GetProperty("kind").GetString() is "ClusterRole" or "Role"
                      let ns = document.GetProperty("metadata").TryGetProperty("namespace", out var place) ? place.GetString() : null
                      from rule in document.GetProperty("rules").EnumerateArray()
                      from resource in Texts(rule, "resources")
                      from verb in Texts(rule, "verbs")
                      select $"{Texts(rule, "apiGroups").Single()}/{resource} {verb} {ns ?? (file == "cluster-role.yaml" ? "*" : "")} {Texts(rule, "resourceNames").SingleOrDefault()}";

        Right.OfOperator("bulkhead-system").Select(r => $"{r.Group}/{r.Resource} {r.Verb} {r.Where} {r.Name}").Order().ShouldBe(granted.Order());
    }

    [Theory]
    [InlineData("bulkhead-view", 3)]
    [InlineData("bulkhead-edit", 5)]
    public void Rights_OfAPerson_ComeWithTheUsersRoles(string role, int commands)
    {
        var rules = Documents(Path.Combine("config", "rbac", "user-roles.yaml")).Single(d => d.GetProperty("metadata").GetProperty("name").GetString() == role).GetProperty("rules");
        var granted = (from rule in rules.EnumerateArray() from g in Texts(rule, "apiGroups") from r in Texts(rule, "resources") from v in Texts(rule, "verbs") select new Right(g, r, v)).ToHashSet();

        Right.OfCommands.Count(c => c.Rights.All(granted.Contains)).ShouldBe(commands);
    }

    private static List<CrdObject> Crds() =>
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "crds"), "bulkhead.dev_*.yaml").Order()
           from document in Documents(file)
           select KubernetesJson.Deserialize<CrdObject>(document.GetRawText()),
    ];

    private static IEnumerable<JsonElement> Documents(string file) =>
        SourceText.Read(File.ReadAllBytes(Path.Combine(Repository.Root, file))).Documents.Where(d => !d.IsNull).Select(d => d.ToJson());

    private static IEnumerable<string> Texts(JsonElement rule, string field) =>
        rule.TryGetProperty(field, out var list) ? list.EnumerateArray().Select(t => t.GetString()!) : [];
}
