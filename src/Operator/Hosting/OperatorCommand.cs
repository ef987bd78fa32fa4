using System.CommandLine;
using System.CommandLine.Parsing;
using Bulkhead.Operator.Hooks;

namespace Bulkhead.Operator.Hosting;

/// <summary>The command line of the operator.</summary>
internal static class OperatorCommand
{
    public static RootCommand Create()
    {
        var image = new Option<string>("--worker-image") { Description = "Image of the worker pods.", Required = true };
        var pull = new Option<string>("--worker-image-pull-policy") { Description = "Always, IfNotPresent or Never.", DefaultValueFactory = _ => "IfNotPresent" };
        pull.AcceptOnlyFromAmong("Always", "IfNotPresent", "Never");
        var ns = new Option<string?>("--namespace") { Description = "The only namespace to look at. Default: all." };
        var listen = new Option<string>("--listen") { Description = "Address of health and metrics; empty for none.", DefaultValueFactory = _ => "http://0.0.0.0:8080" };
        var kubeConfig = new Option<string?>("--kubeconfig") { Description = "Default: the pod's service account, or KUBECONFIG." };
        var noElection = new Option<bool>("--no-leader-election") { Description = "Work at once, without a lease: only where there is one replica." };
        var parallel = new Option<int>("--parallel") { Description = "Executions that are looked at at one time.", DefaultValueFactory = _ => 16 };
        var otlp = new Option<Uri?>("--otlp-endpoint")
        {
            Description = "Collector of metrics and traces, OTLP over HTTP, such as http://collector:4318; workers send theirs there too. Default: none.",
            CustomParser = Url,
        };
        var most = new Option<int>("--max-concurrent-executions") { Description = "Executions that run at one time, in all; tenants share them by weight.", DefaultValueFactory = _ => 100 };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--max-concurrent-executions must be at least 1.");
        });
        var command = new RootCommand("Turns each WorkflowExecution into a worker pod, and proves that its connections are released.")
        {
            image, pull, ns, listen, kubeConfig, noElection, parallel, most, otlp, HookCommands.Drain(), HookCommands.Smoke(),
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new OperatorOptions
            {
                KubeConfig = parsed.GetValue(kubeConfig),
                Namespace = parsed.GetValue(ns),
                Listen = parsed.GetValue(listen)!,
                LeaderElection = !parsed.GetValue(noElection),
                Parallel = parsed.GetValue(parallel),
                MaxConcurrentExecutions = parsed.GetValue(most),
                OtlpEndpoint = parsed.GetValue(otlp),
                Worker = new WorkerPodOptions { Image = parsed.GetValue(image)!, ImagePullPolicy = parsed.GetValue(pull)!, OtlpEndpoint = parsed.GetValue(otlp) },
            };
            return OperatorHost.RunAsync(options, cancellationToken);
        });
        return command;
    }

    private static Uri? Url(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        given.AddError($"--otlp-endpoint is no http or https URL: {given.Tokens[0].Value}");
        return null;
    }
}
