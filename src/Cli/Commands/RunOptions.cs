using System.CommandLine;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Commands;

/// <summary>Arguments and options of <c>bulkhead run</c>.</summary>
internal sealed class RunOptions
{
    public Argument<string> File { get; } = new("FILE") { Description = "A WorkflowExecution manifest or a workflow document (YAML or JSON), or - for standard input." };

    public Option<string[]> Input { get; } = new("--input", "-i")
    {
        Description = "An input k=v (v is JSON, else text), or @FILE with a JSON object. May be repeated; later ones win.",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Connections { get; } = new("--connections", "-c") { Description = "A file with Connection and Secret documents." };

    public Option<bool> AllowInlineSecrets { get; } = new("--allow-inline-secrets") { Description = "Allow secret values that stand in the connections file." };

    public Option<string?> Tenant { get; } = new("--tenant") { Description = "The tenant. Default: the one that the file names, else local." };

    public Option<string?> User { get; } = new("--user") { Description = "The user. Default: the one that the file names, else default_user." };

    public Option<string?> Timeout { get; } = new("--timeout") { Description = "Wall time of the execution: 90, 250ms, 30s, 5m, 1h. Default: the file's, else none." };

    public Option<PlainHttp> AllowHttp { get; } = Choice.Of(
        "--allow-http", [], "What plain URLs may reach without a connection: none, public or any (loopback and private addresses too).", PlainHttp.None);

    public Option<string?> Resume { get; } = new("--resume") { Description = "Go on from a checkpoint file." };

    public Option<string?> Checkpoint { get; } = new("--checkpoint") { Description = "Where an interrupted execution writes its checkpoint. Default: NAME.checkpoint.json." };

    public Option<string?> Events { get; } = new("--events") { Description = "Write the events as NDJSON to a file, or to standard output with -." };

    public Option<OutputFormat> Output { get; } = CommonOptions.Output();

    public Option<bool> NoColor { get; } = CommonOptions.NoColor();

    public Command Command() => new("run", "Runs one execution in a worker process of its own.")
    {
        File, Input, Connections, AllowInlineSecrets, Tenant, User, Timeout, AllowHttp, Resume, Checkpoint, Events, Output, NoColor,
    };
}
