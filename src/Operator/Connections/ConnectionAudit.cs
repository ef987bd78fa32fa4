using System.Net;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using Bulkhead.Operator.Metrics;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Connections;

/// <summary>
/// Every hour, for a connection that opts in: a short pod counts its sessions by owner tag, and those whose execution is not there or released are
/// reported. It ends none: that a session is nobody's is a person's judgement.
/// </summary>
internal sealed class ConnectionAudit(
    IKubernetesClient client, AuditBuilder builder, EventPublisher announce, ExecutionMetrics metrics, OperatorOptions options, TimeProvider clock)
{
    internal static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <returns>When to look again.</returns>
    public async Task<TimeSpan> TurnAsync(ConnectionEntity connection, CancellationToken ct)
    {
        var name = AuditBuilder.Name(connection);
        var due = connection.Status?.AuditedAt + Every - clock.GetUtcNow();
        if (await client.GetAsync<V1Pod>(name, connection.Namespace(), ct) is not { } pod)
        {
            if (due > TimeSpan.Zero) return due.Value;
            await StartAsync(connection, ct);
            return LookAgain;
        }

        var end = pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == PodBuilder.AuditContainer)?.State?.Terminated;
        if (end is null && pod.Status?.Phase is not "Failed") return LookAgain;
        if (pod.Metadata.DeletionTimestamp is null) await ReportAsync(connection, pod, end?.Message, ct);
        await client.DeleteAsync<V1ConfigMap>(name, connection.Namespace(), ct);
        await client.DeleteAsync<V1Pod>(name, connection.Namespace(), ct);
        return LookAgain;
    }

    private async Task StartAsync(ConnectionEntity connection, CancellationToken ct)
    {
        await IgnoreConflictAsync(() => client.CreateAsync(AuditBuilder.Job(connection), ct));
        await IgnoreConflictAsync(() => client.CreateAsync(builder.Pod(connection), ct));
    }

    private async Task ReportAsync(ConnectionEntity connection, V1Pod pod, string? message, CancellationToken ct)
    {
        var found = Parse(message) is { Fault: null } report ? await FoundAsync(report, pod, ct) : null;
        var orphans = found?.Orphans.Sum(o => o.Sessions);
        connection.Status = (connection.Status ?? new()) with { AuditedAt = StatusEdit.Seconds(clock.GetUtcNow()), OrphanedSessions = orphans };
        await client.UpdateStatusAsync(connection, ct);
        if (found is null)
        {
            await announce(connection, "AuditFailed", StatusEdit.Cut(Parse(message)?.Fault ?? "The audit ended without a report."), EventType.Warning, ct);
            return;
        }

        if (orphans > 0)
        {
            metrics.OrphansFound(orphans.Value);
            await announce(connection, "OrphanedSessions", StatusEdit.Cut($"Sessions whose owner tag belongs to no living execution: {Text(found.Orphans)}"), EventType.Warning, ct);
        }

        if (found.Unseen.Count > 0)
        {
            var text = $"Sessions whose owner tag belongs to no execution of {options.Namespace}, the only namespace that this operator sees; they may be another's: {Text(found.Unseen)}";
            await announce(connection, "SessionsOfUnseenExecutions", StatusEdit.Cut(text), EventType.Normal, ct);
        }
    }

    /// <summary>Asks for the executions of every namespace that the operator sees: Connections of two may name the same role of the same database.</summary>
    private async Task<TagsWithoutOwner> FoundAsync(AuditReport report, V1Pod pod, CancellationToken ct)
    {
        IEnumerable<ExecutionGlance> executions = report.Tags.Count == 0 ? [] : await client.ListAsync<ExecutionGlance>(options.Namespace, cancellationToken: ct);
        return TagsWithoutOwner.Of(report.Tags, executions, pod.CreationTimestamp(), seesAll: options.Namespace is null);
    }

    private static string Text(IEnumerable<TaggedSessions> tags) => string.Join(", ", tags.Select(t => $"{t.Tag} ({t.Sessions})"));

    private static async Task IgnoreConflictAsync<T>(Func<Task<T>> create)
    {
        try
        {
            await create();
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // An operator before us made it.
        }
    }

    private static AuditReport? Parse(string? message)
    {
        try
        {
            return string.IsNullOrEmpty(message) ? null : JsonSerializer.Deserialize(message, ContractJson.Default.AuditReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
