using Bulkhead.Api.Contract;

namespace Bulkhead.Server;

/// <summary>What <c>bulkhead serve</c> is told.</summary>
public sealed record ServeOptions
{
    /// <summary><c>HOST:PORT</c>; port 0 takes a free one. Default 127.0.0.1:8080.</summary>
    public string Listen { get; init; } = "127.0.0.1:8080";

    /// <summary>The tokens file.</summary>
    public required string Tokens { get; init; }

    /// <summary>The connections file. Default: none.</summary>
    public string? Connections { get; init; }

    public bool AllowInlineSecrets { get; init; }

    /// <summary>Where executions are kept. Default: a folder that is removed at the end.</summary>
    public string? Data { get; init; }

    /// <summary>Time for what runs when the server is told to stop. Default 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lets an address that is not loopback be served without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>Web pages that may talk to the server, beside its own: <c>https://host[:port]</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>A JSON file with Kestrel's own configuration (section <c>Kestrel</c>): certificates, limits.</summary>
    public string? KestrelConfig { get; init; }

    /// <summary>Executions of one user that run at a time. Default 2.</summary>
    public int PerUser { get; init; } = 2;

    /// <summary>Executions that run at a time. Default: twice the processors, at least 4.</summary>
    public int Workers { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>What plain URLs may reach. Default: nothing.</summary>
    public PlainHttp PlainHttp { get; init; }

    /// <summary>Reads the environment, for secrets.</summary>
    public required Func<string, string?> Variable { get; init; }
}
