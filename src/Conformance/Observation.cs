using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Conformance;

/// <summary>What was seen of one execution.</summary>
internal sealed record Observation
{
    public required Guid ExecutionUid { get; init; }

    public string ExecutionId => $"exec_{ExecutionUid:d}";

    public string Tag => new OwnerTag(ExecutionUid, 1).ToString();

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Null when a stage before the execution refused it.</summary>
    public ExecutionResult? Result { get; init; }

    /// <summary>The first fault, or the result's message.</summary>
    public string? Why => Problems is [var first, ..] ? first.Message : Result?.Message;

    public IReadOnlyList<ExecutionEvent> Events { get; init; } = [];

    /// <summary>Server sessions of the role, seen at each use of a resource: backend's identity and its application_name.</summary>
    public IReadOnlyList<ServerSession> Sessions { get; init; } = [];

    public IReadOnlyList<ExecutionEvent> Named(string name) => [.. Events.Where(e => Field(e, "event") == name)];

    public string Handle => Named("RESOURCE_ALLOCATED") is [var first, ..] ? Field(first, "resource_handle") : "";

    public string Key => Named("RESOURCE_ALLOCATED") is [var first, ..] ? Field(first, "resource_key") : "";

    public static string Field(ExecutionEvent executionEvent, string field) =>
        executionEvent.Fields is { } fields && fields.TryGetValue(field, out JsonElement value) ? value.ToString() : "";
}

/// <summary>One backend of the server.</summary>
/// <param name="Backend">Process id and start, unique for the server's life.</param>
/// <param name="ApplicationName">The owner tag, where all is well.</param>
internal sealed record ServerSession(string Backend, string ApplicationName);
