using System.Diagnostics;
using Bulkhead.Api.Contract;
using Bulkhead.Kubernetes.Benchmarks;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Jobs;
using k8s.Models;

namespace Bulkhead.Executions.Benchmarks;

/// <summary>
/// Executions of one trivial node against as many Kubernetes Jobs that run the same worker command on the same job, in turns. Each round ends when the last
/// has its outcome in its status.
/// </summary>
internal sealed class JobRace(MeasuredCluster cluster, Report report)
{
    public async Task RunAsync(int many, int rounds)
    {
        await CreateJobFileAsync();
        List<double> ratios = [];
        for (var round = 1; round <= rounds; round++)
        {
            var executions = await TimeAsync(() => ExecutionsAsync(many, round));
            await cluster.ClearAsync();
            var jobs = await TimeAsync(() => JobsAsync(many, round));
            await cluster.ClearAsync();
            ratios.Add(executions / jobs);
            report.Add($"round {round}: {many} executions / {many} Jobs", $"{executions.TotalSeconds:0.0} s / {jobs.TotalSeconds:0.0} s = {ratios[^1]:0.00}");
        }

        report.Add($"{many} executions against {many} Jobs, median ratio", $"{ratios.Order().ElementAt(ratios.Count / 2):0.00}");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var begun = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task ExecutionsAsync(int many, int round)
    {
        var names = Enumerable.Range(0, many).Select(i => $"e{round}-{i}").ToList();
        foreach (var name in names) await cluster.ExecuteAsync(name);
        await UntilAsync(async () => (await cluster.Client.ListAsync<WorkflowExecutionEntity>(cluster.Namespace)).Count(e => names.Contains(e.Name()) && e.Status?.CompletionTime is not null) == many);
    }

    private async Task JobsAsync(int many, int round)
    {
        var names = Enumerable.Range(0, many).Select(i => $"j{round}-{i}").ToList();
        foreach (var name in names) await cluster.Client.CreateAsync(Job(name));
        await UntilAsync(async () => (await cluster.Client.ListAsync<V1Job>(cluster.Namespace)).Count(j => names.Contains(j.Name()) && j.Status?.Succeeded == 1) == many);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(100);
    }

    private Task<V1ConfigMap> CreateJobFileAsync() => cluster.Client.CreateAsync(new V1ConfigMap
    {
        Metadata = new V1ObjectMeta { Name = "job", NamespaceProperty = cluster.Namespace },
        BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ContractPaths.CompressedJob] = JobSnapshot.Compress(new Job
            {
                ExecutionUid = Guid.NewGuid(),
                Attempt = 1,
                TenantId = cluster.Namespace,
                UserId = "default_user",
                ThreadId = "t",
                RunId = Guid.NewGuid().ToString(),
                Workflow = MeasuredCluster.Workflow,
                Inputs = System.Text.Json.JsonElement.Parse("{}"),
            }),
        },
    });

    private V1Job Job(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = cluster.Namespace },
        Spec = new V1JobSpec
        {
            Template = new V1PodTemplateSpec
            {
                Spec = new V1PodSpec
                {
                    RestartPolicy = "Never",
                    AutomountServiceAccountToken = false,
                    Volumes = [new V1Volume { Name = "job", ConfigMap = new V1ConfigMapVolumeSource { Name = "job" } }, new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource() }],
                    Containers =
                    [
                        new V1Container
                        {
                            Name = "run",
                            Image = MeasuredCluster.Image,
                            ImagePullPolicy = "Never",
                            Args = ["run", "/bulkhead", "--attempt", "1"],
                            TerminationMessagePath = "/bulkhead/termination",
                            Resources = new V1ResourceRequirements { Requests = MeasuredCluster.Requests.ToDictionary(r => r.Key, r => new ResourceQuantity(r.Value)) },
                            VolumeMounts =
                            [
                                new V1VolumeMount { Name = "job", MountPath = $"/bulkhead/{ContractPaths.CompressedJob}", SubPath = ContractPaths.CompressedJob },
                                new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
                            ],
                        },
                    ],
                },
            },
        },
    };
}
