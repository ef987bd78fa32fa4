using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Engine.Contexts;

/// <summary>
/// What somebody asks a <see cref="UserExecutionContext"/> to be. Unchecked: <see cref="UserExecutionContext.Create"/> judges it
/// and reports every fault at once.
/// </summary>
public sealed record ContextFields
{
    /// <summary>Identity of the execution; in the cluster the custom resource's uid. Default: a new uuid v4.</summary>
    public Guid ExecutionUid { get; init; } = Guid.NewGuid();

    /// <summary>Counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>A DNS label (RFC 1123). Default <c>local</c>.</summary>
    public string? TenantId { get; init; } = "local";

    public required string? UserId { get; init; }

    public required string? ThreadId { get; init; }

    public required string? RunId { get; init; }

    /// <summary>Default: a new uuid.</summary>
    public string? RequestId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>What the user's agents know; a JSON object. Default: empty.</summary>
    public JsonElement? AgentContext { get; init; }

    /// <summary>What an auditor wants to know; a JSON object. Default: empty.</summary>
    public JsonElement? AuditMetadata { get; init; }

    /// <summary>Lets ids begin with <c>test_</c>. Default false.</summary>
    public bool TestEnvironment { get; init; }

    /// <summary>The fields that a job carries.</summary>
    public static ContextFields Of(Job job) => new()
    {
        ExecutionUid = job.ExecutionUid,
        Attempt = job.Attempt,
        TenantId = job.TenantId,
        UserId = job.UserId,
        ThreadId = job.ThreadId,
        RunId = job.RunId,
    };
}
