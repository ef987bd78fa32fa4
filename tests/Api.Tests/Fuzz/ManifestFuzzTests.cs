using System.Text;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Resources;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Api.Tests.Fuzz;

/// <summary>Manifests with fields moved, renamed and given other types: problems, never an exception.</summary>
public sealed class ManifestFuzzTests
{
    private static readonly string[] Words =
    [
        "apiVersion: bulkhead.dev/v1alpha1", "kind: WorkflowExecution", "kind: Connection", "kind: Tenant", "kind: Workflow", "apiVersion: v1", "kind: Secret",
        "metadata: {name: x}", "metadata: {name: X_1, labels: {a: 1}}", "spec: {workflow: {nodes: []}}", "spec: {workflow: 1.5}", "spec: {workflowRef: {name: x}, loading: Eager}",
        "spec: {type: postgres, id: 5, config: {}}", "spec: {type: [], id: {}, pooling: transaction}", "spec: {namespaces: [a], weight: 0}", "spec: {weight: 99999999999999}",
        "spec: {workflowRef: {}, ttlSecondsAfterFinished: 1.5, podTemplate: {tolerations: [1, {}], resources: {limits: {cpu: 1}}}}", "spec: []", "spec: {retryPolicy: {maxAttempts: true}}",
        "stringData: {a: b}", "stringData: {a: 1}", "status: {}", "typo: 1", "---", "metadata: null", "spec:", "yes: no", "spec: {userId: y, rerunToken: 010}",
    ];

    [Fact]
    public void Read_MadeUpManifests_EndInDocumentsOrProblems()
    {
        var valid = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var set = ManifestReader.Read(Encoding.UTF8.GetBytes(Make(new Random(seed))));
            set.Problems.All(p => p.Message.Length > 5 && !p.Message.Any(char.IsControl)).ShouldBeTrue();
            foreach (var connection in set.Connections) connection.Spec.ToDefinition(connection.Metadata.Name ?? "x", "t").Type.ShouldNotBeNull();
            valid += set.Problems.Count == 0 ? 1 : 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

        valid.ShouldBeGreaterThan(20);
    }

    private static string Make(Random random)
    {
        if (random.Next(2) == 0) return string.Join('\n', Enumerable.Range(0, random.Next(1, 9)).Select(_ => Words[random.Next(Words.Length)]));
        var kind = random.Next(1, 7);
        return $"{(kind > 4 ? Words[5] : Words[0])}\n{Words[kind > 4 ? 6 : kind]}\nmetadata: {{name: x}}\n{Words[random.Next(9, Words.Length)]}\n";
    }
}
