using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Hooks;

/// <summary>After an installation: runs one real execution (two branches, joined), shows how it ended, and takes it away again.</summary>
internal sealed class Smoke(IKubernetesClient client, TextWriter output, TimeProvider clock)
{
    private const string Workflow = """
        {"name":"smoke","nodes":[
          {"name":"left","run":"return {text = 'one'}"},{"name":"right","run":"return {text = 'two'}"},
          {"name":"join","run":"return {count = #state.parallel_results}"}],
         "edges":[{"from":"__start__","parallel":["left","right"],"fan_in":"join"},{"from":"join","to":"__end__"}]}
        """;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <returns>Whether it succeeded within its time.</returns>
    public async Task<bool> RunAsync(string ns, string user, TimeSpan within, CancellationToken ct)
    {
        var made = await client.CreateAsync(New(ns, user), ct);
        try
        {
            var (began, last) = (clock.GetTimestamp(), "");
            while (true)
            {
                var now = await client.GetAsync<WorkflowExecutionEntity>(made.Name(), ns, ct) ?? throw new InvalidOperationException($"{made.Name()} was deleted by somebody.");
                var said = Describe(now.Status);
                if (said != last) await output.WriteLineAsync($"{clock.GetElapsedTime(began).TotalSeconds:0.00} s {made.Name()} {last = said}");
                if (now.Status?.CompletionTime is not null) return now.Status.Is(ConditionTypes.Succeeded, "True");
                if (clock.GetElapsedTime(began) > within) return false;
                await Task.Delay(LookAgain, clock, ct);
            }
        }
        finally
        {
            await client.DeleteAsync(made, CancellationToken.None);
        }
    }

    private static WorkflowExecutionEntity New(string ns, string user) => new()
    {
        Metadata = new V1ObjectMeta { GenerateName = "bulkhead-smoke-", NamespaceProperty = ns },
        Spec = new WorkflowExecutionSpec { Workflow = JsonElement.Parse(Workflow), UserId = user, TtlSecondsAfterFinished = 3600 },
    };

    private static string Describe(WorkflowExecutionStatus? status)
    {
        var why = status.Condition(ConditionTypes.Succeeded) ?? status.Condition(ConditionTypes.PodReady) ?? status.Condition(ConditionTypes.Admitted);
        return $"{status?.Phase ?? "not looked at"} {why?.Reason} {why?.Message}".TrimEnd();
    }
}
