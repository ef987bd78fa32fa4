using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;
using Bulkhead.Running;
using Bulkhead.Server.Access;
using Bulkhead.Server.Executions;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>
/// <c>POST /v1/executions</c>: a WorkflowExecution manifest or a workflow document, YAML or JSON. 202 with the execution, 400 when the text
/// cannot be read, 422 with every fault of its content.
/// </summary>
internal sealed class SubmitEndpoint(
    Dispatcher dispatcher, ExecutionIndex index, FairLine line, ConnectionsFile connections, PlainHttp plainHttp, Retention retention)
{
    /// <summary>Executions of one user that have not ended.</summary>
    public const int MaxOpenPerUser = 100;

    public async Task HandleAsync(HttpContext http)
    {
        var caller = Callers.Of(http);
        if (dispatcher.IsClosed)
        {
            http.Response.Headers.RetryAfter = "10";
            await Answer.ProblemAsync(http, StatusCodes.Status503ServiceUnavailable, "DRAINING", "The server is stopping and takes no more executions.");
            return;
        }

        if (IsFull(index.Of(caller.Owner)))
        {
            http.Response.Headers.RetryAfter = "60";
            await Answer.ProblemAsync(http, StatusCodes.Status429TooManyRequests, "TOO_MANY_EXECUTIONS", $"{MaxOpenPerUser} executions have not ended, or too many ended ones are still kept.");
            return;
        }

        var source = ExecutionSource.Read(await BodyAsync(http));
        var foreign = source.Problems.Count > 0 ? [] : Foreign(source, caller.Owner);
        var prepared = foreign.Count > 0
            ? new PreparedRun { Name = source.Name, Problems = foreign }
            : JobBuilder.Build(new RunInput { Source = source, Connections = connections, Tenant = caller.Owner.TenantId, User = caller.Owner.UserId, PlainHttp = plainHttp });
        if (prepared.Job is not { } job) await RefuseAsync(http, source, prepared.Problems);
        else await AcceptAsync(http, job, prepared.Name, source.Workflow!.AllNodes().Count());
    }

    /// <summary>What ended is forgotten once a minute; until then it takes room.</summary>
    private bool IsFull(IReadOnlyList<ExecutionRecord> own) =>
        own.Count(r => !r.IsFinished) >= MaxOpenPerUser || own.Count >= 2 * (retention.MaxFinishedPerUser + MaxOpenPerUser);

    private async Task AcceptAsync(HttpContext http, Job job, string name, int nodes)
    {
        try
        {
            var execution = dispatcher.Accept(job, name, nodes);
            http.Response.Headers.Location = $"/v1/executions/{job.ExecutionId}";
            await Answer.JsonAsync(http, StatusCodes.Status202Accepted, ExecutionView.Of(execution, line), ServerJson.Default.ExecutionView);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !http.Response.HasStarted)
        {
            await Answer.ProblemAsync(http, StatusCodes.Status503ServiceUnavailable, "STORE_UNAVAILABLE", "The execution cannot be kept, and was not accepted.");
        }
    }

    private static Task RefuseAsync(HttpContext http, ExecutionSource source, IReadOnlyList<Problem> faults) => source.Unreadable
        ? Answer.ProblemAsync(http, StatusCodes.Status400BadRequest, "UNREADABLE", "The text cannot be read.", faults[0].Message, faults)
        : Answer.ProblemAsync(
            http, StatusCodes.Status422UnprocessableEntity, "INVALID", $"{faults.Count} fault{(faults.Count == 1 ? "" : "s")}; nothing was run.", faults[0].Message, faults);

    /// <summary>What a document may not say here: who the caller is says the token, and connections are the operator's.</summary>
    private static List<Problem> Foreign(ExecutionSource source, Owner owner)
    {
        var faults = new List<Problem>();
        if (source.Spec.TenantId is { } tenant && tenant != owner.TenantId)
            faults.Add(new Problem(ProblemClass.PermissionError, "TENANT_CONFLICT", $"Tenant conflict: workflow owned by {Quoted.Short(tenant)}, execution context is {owner.TenantId}", "spec.tenantId"));
        if (source.Spec.UserId is { } user && user != owner.UserId)
            faults.Add(new Problem(ProblemClass.PermissionError, "USER_CONFLICT", $"The execution names user {Quoted.Short(user)}; the token is {owner.UserId}'s", "spec.userId"));
        foreach (var connection in source.Manifests.Connections)
            faults.Add(new Problem(ProblemClass.PermissionError, "CONNECTION_NOT_ALLOWED", "Connections are declared by the server's operator", "", connection.Source.Line));
        foreach (var secret in source.Manifests.Secrets)
            faults.Add(new Problem(ProblemClass.PermissionError, "SECRET_NOT_ALLOWED", $"Secrets are declared by the server's operator; remove {Quoted.Short(secret.Metadata.Name ?? "")}"));
        return faults;
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
