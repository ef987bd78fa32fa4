using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Executions as a server had them, and what is drawn of them.</summary>
internal static class Recordings
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 28, 1, 30, 0, TimeSpan.Zero);

    public static WorkflowExecutionEntity Execution(string name) => KubernetesJson.Deserialize<WorkflowExecutionEntity>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Cli.Tests", "Cluster", "Recorded", $"{name}.json")));

    public static string Draw(params IEnumerable<IRenderable> parts)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = Terminals.Text(text, redirected: true, noColor: true);
        console.Profile.Capabilities.Unicode = true;
        foreach (var part in parts)
        {
            console.Write(part);
            console.WriteLine();
        }

        return text.ToString().TrimEnd() + "\n";
    }
}
