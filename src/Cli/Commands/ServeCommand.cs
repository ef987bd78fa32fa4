using System.CommandLine;
using System.Runtime.CompilerServices;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Cli.Output;
using Bulkhead.Server;

namespace Bulkhead.Cli.Commands;

/// <summary>
/// <c>bulkhead serve</c>: executions for many users over HTTP and WebSocket. ASP.NET is loaded by this command's action and by no other.
/// </summary>
internal static class ServeCommand
{
    private static readonly Option<string> Listen = new("--listen") { Description = "HOST:PORT to listen on; port 0 takes a free one.", DefaultValueFactory = _ => "127.0.0.1:8080" };
    private static readonly Option<string> Tokens = new("--tokens") { Description = "The tokens file: who may do what. See `bulkhead serve token`.", Required = true };
    private static readonly Option<string?> Connections = new("--connections", "-c") { Description = "A file with Connection and Secret documents; a document's namespace is its tenant." };
    private static readonly Option<bool> AllowInlineSecrets = new("--allow-inline-secrets") { Description = "Allow secret values that stand in the connections file." };
    private static readonly Option<string?> Data = new("--data") { Description = "Folder where executions are kept over a restart. Default: none are." };
    private static readonly Option<string> Drain = new("--drain") { Description = "Time for what runs when the server is told to stop.", DefaultValueFactory = _ => "30s" };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Allow plain HTTP on an address that is not loopback." };
    private static readonly Option<string[]> Origin = new("--origin") { Description = "A web origin whose pages may talk to the server, beside its own. May be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Kestrel = new("--kestrel") { Description = "A JSON file with Kestrel's own configuration (section Kestrel): certificates." };
    private static readonly Option<int?> PerUser = new("--per-user") { Description = "Executions of one user that run at a time. Default: 2." };
    private static readonly Option<int?> Workers = new("--workers") { Description = "Executions that run at a time. Default: twice the processors, at least 4." };
    private static readonly Option<PlainHttp> AllowHttp = Choice.Of("--allow-http", [], "What plain URLs may reach without a connection: none, public or any (loopback and private addresses too).", PlainHttp.None);

    public static Command Create()
    {
        var command = new Command("serve", "Serves executions to many users over HTTP and WebSocket, each in a worker process of its own.")
        {
            Listen, Tokens, Connections, AllowInlineSecrets, Data, Drain, Insecure, Origin, Kestrel, PerUser, Workers, AllowHttp,
            ServeTokenCommand.Create(),
        };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunAsync(ParseResult parsed)
    {
        using var interrupts = new Interrupts();
        IReadOnlyList<Problem> problems = Durations.Parse(parsed.GetValue(Drain)!) is { } drain
            ? await ServeProgram.RunAsync(Options(parsed, drain), Console.Out, interrupts.Cancel, interrupts.Kill)
            : [new Problem(ProblemClass.StructuralError, "INVALID_DURATION", "A duration is 90, 250ms, 30s, 5m or 1h.", "--drain")];
        TextReport.WriteProblems(Terminals.Error(noColor: false), problems);
        return problems.Count == 0 ? ExitCode.Succeeded : ExitCode.BadInput;
    }

    private static ServeOptions Options(ParseResult parsed, TimeSpan drain)
    {
        var options = new ServeOptions
        {
            Listen = parsed.GetValue(Listen)!,
            Tokens = parsed.GetValue(Tokens)!,
            Connections = parsed.GetValue(Connections),
            AllowInlineSecrets = parsed.GetValue(AllowInlineSecrets),
            Data = parsed.GetValue(Data),
            Drain = drain,
            Insecure = parsed.GetValue(Insecure),
            Origins = parsed.GetValue(Origin)!,
            KestrelConfig = parsed.GetValue(Kestrel),
            PlainHttp = parsed.GetValue(AllowHttp),
            Variable = Environment.GetEnvironmentVariable,
        };
        return options with { PerUser = parsed.GetValue(PerUser) ?? options.PerUser, Workers = parsed.GetValue(Workers) ?? options.Workers };
    }
}
