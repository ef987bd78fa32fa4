using System.CommandLine;
using System.Text.Json;
using Bulkhead.Api.Problems;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster.Submitting;

/// <summary><c>bulkhead submit FILE</c>: lint here, create there, and wait for the end where asked.</summary>
internal static class SubmitCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A WorkflowExecution manifest or a workflow document (YAML or JSON), or - for standard input." };
    private static readonly Option<string[]> Input = new("--input", "-i") { Description = "An input k=v (v is JSON, else text), or @FILE with a JSON object. May be repeated; later ones win.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the execution. Default: the manifest's, else the document's and a random ending." };
    private static readonly Option<string?> User = new("--user") { Description = "The user, for limits and audit. Default: the file's." };
    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait for its end; the exit code is then that of `bulkhead run`." };
    private static readonly Option<bool> Watch = new("--watch") { Description = "As --wait, and show what it does." };

    public static Command Create()
    {
        var (output, noColor) = (ObjectOutput.Option(), CommonOptions.NoColor());
        return new Command("submit", "Creates an execution in a cluster.") { File, Name, Input, User, Wait, Watch, output, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var input = await ReadAsync(parsed, cluster, ct);
            TextReport.WriteProblems(Terminals.Error(parsed.GetValue(noColor)), input.Warnings.Select(w => w with { Message = $"warning: {w.Message}" }).Concat(input.Problems));
            if (input.Problems.Count > 0) return ExitCode.BadInput;
            var spec = parsed.GetValue(User) is { } user ? input.Spec with { UserId = user } : input.Spec;
            var created = await cluster.Client.CreateAsync(new WorkflowExecutionEntity { Metadata = Metadata(input, cluster), Spec = spec }, ct);
            var format = parsed.GetValue(output);
            if (parsed.GetValue(Wait) || parsed.GetValue(Watch)) return await EndAsync(parsed, cluster, created, format, parsed.GetValue(noColor));
            Console.Out.WriteLine(ObjectOutput.Text(format, created) ?? Created(created));
            return ExitCode.Succeeded;
        });
    }

    private static async Task<SubmitInput> ReadAsync(ParseResult parsed, ClusterAccess cluster, CancellationToken ct)
    {
        try
        {
            var bytes = await InputFile.ReadAsync(parsed.GetValue(File)!, ct);
            var input = SubmitInput.Read(bytes, await RunInputReader.InputsAsync(parsed.GetValue(Input)!, ct), parsed.GetValue(Name));
            return input.Metadata.Namespace is { } ns && cluster.IsNamespaceGiven && ns != cluster.Namespace
                ? throw new InvalidDataException($"The file says namespace {ns}, the command line {cluster.Namespace}. Leave one of them out.")
                : input;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ClusterFaultException(e.Message, ExitCode.BadInput);
        }
    }

    private static V1ObjectMeta Metadata(SubmitInput input, ClusterAccess cluster) => new()
    {
        Name = input.Metadata.Name,
        GenerateName = input.Metadata.GenerateName,
        NamespaceProperty = input.Metadata.Namespace ?? cluster.Namespace,
        Labels = input.Metadata.Labels?.ToDictionary(),
        Annotations = input.Metadata.Annotations?.ToDictionary(),
    };

    private static async Task<int> EndAsync(ParseResult parsed, ClusterAccess cluster, WorkflowExecutionEntity created, ObjectFormat format, bool noColor)
    {
        Console.Error.WriteLine(Created(created));
        using var interrupts = new Interrupts();
        WorkflowExecutionEntity ended;
        try
        {
            var watch = new SubmitWatch(cluster.Client, created, TimeProvider.System);
            ended = parsed.GetValue(Watch) ? await watch.ShowAsync(noColor, interrupts.Cancel) : await watch.WaitAsync(interrupts.Cancel);
        }
        catch (OperationCanceledException) when (interrupts.Cancel.IsCancellationRequested)
        {
            var place = $"{created.Name()} -n {created.Namespace()}";
            Console.Error.WriteLine($"{created.Name()} goes on in the cluster. See it: bulkhead get {place}. End it: bulkhead terminate {place}");
            return ExitCode.Cancelled;
        }

        if (ObjectOutput.Text(format, ended) is { } text) Console.Out.WriteLine(text);
        else Report(ended, noColor);
        return Code(ended);
    }

    private static void Report(WorkflowExecutionEntity ended, bool noColor)
    {
        var console = Terminals.Out(noColor);
        console.Say($"{ended.Name()}: {ended.Phase()} in {Elapsed.Text(ended.Took(ended.Status!.CompletionTime!.Value) ?? TimeSpan.Zero)}");
        if (ended.Why() is { } why) console.Say($"{why.Reason}: {why.Message}");
        if (ended.Condition("ConnectionsReleased") is { } released) console.Say($"connections: {released.Reason}");
        if (ended.Status.Outputs is { } outputs) console.SayJson(JsonSerializer.Serialize(outputs, CliJson.Default.JsonElement));
    }

    /// <summary>As <c>bulkhead run</c>: the same document ends with the same code here and there.</summary>
    internal static int Code(WorkflowExecutionEntity ended) => ended switch
    {
        { Status.Phase: "Succeeded" } => ExitCode.Succeeded,
        { Status.Phase: "Cancelled" } => ExitCode.Cancelled,
        _ when ended.Condition("Succeeded")?.Reason is "Invalid" or "JobTooLarge" => ExitCode.BadInput,
        _ => ExitCode.Failed,
    };

    private static string Created(WorkflowExecutionEntity created) => $"{created.Name()} created in namespace {created.Namespace()}";
}
