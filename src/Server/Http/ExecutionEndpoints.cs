using System.Globalization;
using System.Text.Json;
using Bulkhead.Api.Diagrams;
using Bulkhead.Api.Loading;
using Bulkhead.Server.Executions;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>What a user does with executions that were submitted. Another user's are not there.</summary>
internal sealed class ExecutionEndpoints(ExecutionIndex index, Dispatcher dispatcher, FairLine line, CancellationToken stopping)
{
    /// <summary><c>GET /v1/executions?tenant=&amp;phase=&amp;limit=&amp;continue=</c></summary>
    public Task ListAsync(HttpContext http)
    {
        var owner = Callers.Of(http).Owner;
        var (query, fault) = ListQuery.Read(http.Request.Query);
        if (fault is not null) return Answer.ProblemAsync(http, StatusCodes.Status400BadRequest, "BAD_QUERY", fault);
        var found = query.Tenant is null || query.Tenant == owner.TenantId ? query.Select(index.Of(owner)) : [];
        var items = found.Take(query.Limit).Select(r => index.Find(r.Uid)).OfType<Execution>().Select(e => ExecutionView.Of(e, line)).ToList();
        var next = found.Count > query.Limit ? found[query.Limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null;
        return Answer.JsonAsync(http, StatusCodes.Status200OK, new ExecutionPage(items, next), ServerJson.Default.ExecutionPage);
    }

    /// <summary><c>GET /v1/executions/{id}</c></summary>
    public Task GetAsync(HttpContext http) => Find(http) is { } execution
        ? Answer.JsonAsync(http, StatusCodes.Status200OK, ExecutionView.Whole(execution, line), ServerJson.Default.ExecutionView)
        : Answer.NotFoundAsync(http);

    /// <summary><c>GET /v1/executions/{id}/graph</c>: boxes and arrows for a picture.</summary>
    public async Task GraphAsync(HttpContext http)
    {
        if (Find(http) is not { } execution || WorkflowLoader.Load(execution.Folder.Job().Workflow).Workflow is not { } workflow)
        {
            await Answer.NotFoundAsync(http);
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(WorkflowDiagram.DrawingJson(workflow), http.RequestAborted);
    }

    /// <summary><c>GET /v1/executions/{id}/events?follow=true</c>: NDJSON from the first event on.</summary>
    public async Task EventsAsync(HttpContext http)
    {
        if (Find(http) is not { } execution)
        {
            await Answer.NotFoundAsync(http);
            return;
        }

        var follow = http.Request.Query["follow"] is ["" or "true" or "1"];
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        await http.Response.StartAsync(http.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, Callers.Of(http).Revoked, http.RequestAborted);
        try
        {
            await execution.Events.CopyAsync(http.Response.Body, follow, end.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Abort(); // The stream is not whole; the client must not take it for whole.
        }
    }

    /// <summary><c>DELETE /v1/executions/{id}</c>: cancel, then release. Repeating it changes nothing.</summary>
    public async Task CancelAsync(HttpContext http)
    {
        if (Find(http) is not { } execution)
        {
            await Answer.NotFoundAsync(http);
            return;
        }

        dispatcher.Ask(execution, Wish.Cancel);
        var status = execution.Record.IsFinished ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        await Answer.JsonAsync(http, status, ExecutionView.Of(execution, line), ServerJson.Default.ExecutionView);
    }

    /// <summary><c>POST /v1/executions/{id}/suspend</c>: leaves the line, or stops its worker, which releases; 409 when it has ended.</summary>
    public Task SuspendAsync(HttpContext http) =>
        ChangeAsync(http, execution => Task.FromResult(execution.Record.Phase == ServedPhase.Suspended || dispatcher.Ask(execution, Wish.Suspend)));

    /// <summary><c>POST /v1/executions/{id}/resume</c>: back into the line as a new attempt; 409 when it is not suspended.</summary>
    public async Task ResumeAsync(HttpContext http)
    {
        ResumeRequest? request = null;
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (body.Length > 0) request = JsonSerializer.Deserialize(body.ToArray(), ServerJson.Default.ResumeRequest);
        }
        catch (JsonException)
        {
            await Answer.ProblemAsync(http, StatusCodes.Status400BadRequest, "UNREADABLE", "The body must be empty or {\"inputs\": {...}}.");
            return;
        }

        await ChangeAsync(http, execution =>
        {
            if (!execution.TryResume(request?.Inputs ?? [])) return Task.FromResult(false);
            dispatcher.Queue(execution);
            return Task.FromResult(true);
        });
    }

    private async Task ChangeAsync(HttpContext http, Func<Execution, Task<bool>> change)
    {
        if (Find(http) is not { } execution) await Answer.NotFoundAsync(http);
        else if (await change(execution)) await Answer.JsonAsync(http, StatusCodes.Status202Accepted, ExecutionView.Of(execution, line), ServerJson.Default.ExecutionView);
        else await Answer.ProblemAsync(http, StatusCodes.Status409Conflict, "WRONG_PHASE", $"The execution is {execution.Record.Phase}.");
    }

    private Execution? Find(HttpContext http) => index.Find(http.Request.RouteValues["id"] as string ?? "", Callers.Of(http).Owner);
}
