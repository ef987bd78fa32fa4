using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Bulkhead.Api.Resources;

/// <summary>An external system that workflows of a namespace may use. Later edits affect only later executions.</summary>
public sealed record ConnectionSpec
{
    /// <summary>What <c>connection_id: 5</c> means: a number or a string. Default: the resource's name.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>The driver: <c>postgres</c>, <c>http</c>.</summary>
    [Required]
    public required string Type { get; init; }

    /// <summary>The driver's own settings, an object without credentials.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>The Secret with the credentials; always in the execution's own namespace.</summary>
    public NameReference? SecretRef { get; init; }

    /// <summary>A pooler between worker and server: none (the default), session or transaction.</summary>
    [AllowedValues("none", "session", "transaction", null)]
    public string? Pooling { get; init; }

    public ConnectionRelease? Release { get; init; }

    /// <summary>Shares the definition (never the Secret) with every tenant; its use is audited. Default false.</summary>
    public bool? Global { get; init; }

    /// <summary>False refuses every use. Default true.</summary>
    public bool? Active { get; init; }

    /// <summary>Users that may use it; empty or missing means every user of the tenant.</summary>
    public IReadOnlyList<string>? AllowedUsers { get; init; }

    /// <summary>Whether the hourly audit counts sessions that belong to no living execution. Default false.</summary>
    public bool? Audit { get; init; }
}

/// <summary>How sessions are ended when the worker could not close them itself.</summary>
public sealed record ConnectionRelease
{
    /// <summary>Settings that replace those of <c>config</c> for the release: the server itself, behind a pooler.</summary>
    public JsonElement? Endpoint { get; init; }

    /// <summary>A role that may end the sessions. Default: the connection's own.</summary>
    public NameReference? SecretRef { get; init; }
}
