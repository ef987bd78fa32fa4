using System.CommandLine;
using System.Text.Json;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary><c>bulkhead doctor</c>: what is wrong with Bulkhead in a cluster, and what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<int> Stuck = new("--stuck") { Description = "Seconds in deletion after which an object is stuck.", DefaultValueFactory = _ => 600 };
    private static readonly Option<int> Lag = new("--lag") { Description = "Seconds after which an operator must have looked at an execution.", DefaultValueFactory = _ => 30 };

    public static Command Create()
    {
        var (output, noColor) = (CommonOptions.Output(), CommonOptions.NoColor());
        return new Command("doctor", "Looks for what is wrong with Bulkhead in a cluster: rights, custom resources, operator, stuck and orphaned objects, lag. Every namespace, unless one is named.")
        {
            Stuck, Lag, output, noColor,
        }.InCluster(async (parsed, cluster, ct) =>
        {
            var findings = await LookAsync(parsed, cluster, cluster.IsNamespaceGiven ? cluster.Namespace : null, ct);
            if (parsed.GetValue(output) == OutputFormat.Json) Console.Out.WriteLine(JsonSerializer.Serialize(findings, CliJson.Default.IReadOnlyListFinding));
            else Write(Terminals.Out(parsed.GetValue(noColor)), findings);
            return findings.Any(f => f.IsTrouble) ? ExitCode.Failed : ExitCode.Succeeded;
        });
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(ParseResult parsed, ClusterAccess cluster, string? ns, CancellationToken ct)
    {
        var client = cluster.Client;
        var clock = TimeProvider.System;
        var check = new ExecutionCheck { Now = clock.GetUtcNow(), Stuck = TimeSpan.FromSeconds(parsed.GetValue(Stuck)), Lag = TimeSpan.FromSeconds(parsed.GetValue(Lag)) };
        List<Finding> findings =
        [
            .. await OperatorCheck.TryAsync("custom resources", async () => [.. CrdCheck.Of([.. await client.ListAsync<CrdObject>(cancellationToken: ct)])]),
            .. await OperatorCheck.TryAsync("operator", () => new OperatorCheck(client, clock).RunAsync(ct)),
            .. await OperatorCheck.TryAsync("your rights", () => new RightChecks(client).OfCallerAsync(ns, ct)),
            .. await OperatorCheck.TryAsync("executions", async () =>
            {
                // Objects before executions: one that is made in between must not look orphaned.
                const string Ours = "bulkhead.dev/execution-uid";
                var leftovers = await OperatorCheck.TryAsync("leftovers", async () =>
                {
                    List<IKubernetesObject<V1ObjectMeta>> objects = [.. await client.ListAsync<V1Pod>(ns, Ours, cancellationToken: ct), .. await client.ListAsync<V1ConfigMap>(ns, Ours, cancellationToken: ct)];
                    return [.. check.Leftovers(objects, [.. await client.ListAsync<WorkflowExecutionEntity>(ns, cancellationToken: ct)])];
                });
                return [.. check.Executions([.. await client.ListAsync<WorkflowExecutionEntity>(ns, cancellationToken: ct)]), .. leftovers];
            }),
        ];
        return findings;
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var colour = finding.State switch { Finding.Healthy => "green", "note" => "grey", "wrong" => "red", _ => "yellow" };
            console.SayMarkup($"[{colour}]{finding.State,-7}[/] {finding.Check}: {finding.Found}");
            if (finding.Do.Length > 0) console.Say($"        -> {finding.Do}");
        }

        var trouble = findings.Count(f => f.IsTrouble);
        console.WriteLine(trouble == 0 ? "Nothing is wrong." : $"{trouble} finding{(trouble == 1 ? "" : "s")} to look at.");
    }
}
