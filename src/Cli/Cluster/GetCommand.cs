using System.CommandLine;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead get NAME</c>: where an execution stands.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var (name, output, noColor) = (ClusterOptions.Name(), ObjectOutput.Option(), CommonOptions.NoColor());
        return new Command("get", "Shows where an execution in a cluster stands.") { name, output, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var format = parsed.GetValue(output);
            if (format.IsWhole() && await cluster.Client.GetAsync<ExecutionDocument>(parsed.GetValue(name)!, cluster.Namespace, ct) is { } document)
            {
                Console.Out.WriteLine(ObjectOutput.Text(format, document));
                return ExitCode.Succeeded;
            }

            var execution = await cluster.ExecutionAsync(parsed.GetValue(name)!, ct);
            if (ObjectOutput.Text(format, execution) is { } text)
            {
                Console.Out.WriteLine(text);
                return ExitCode.Succeeded;
            }

            var console = Terminals.Out(parsed.GetValue(noColor));
            console.Write(ExecutionTable.Of([execution], withNamespace: false, TimeProvider.System.GetUtcNow()));
            if (execution.Why() is { } why) console.Say($"{why.Reason}: {why.Message}");
            return ExitCode.Succeeded;
        });
    }
}
