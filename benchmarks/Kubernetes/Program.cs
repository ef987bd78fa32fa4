using Bulkhead.Kubernetes.Benchmarks;

// args: kubeconfig [samples] [many], or one part: start kubeconfig namespace many, jobs kubeconfig.
// The cluster needs the Widget CRD of tests/Cluster.Tests/Clusters/widgets.yaml; the Job baseline needs a controller manager
// (eng/cluster up, without "control").
var report = new Report();
if (args[0] == "start")
{
    await new StartRun(new Server(args[1]), report).StartAsync(args[2], int.Parse(args[3]));
    return;
}
if (args[0] == "jobs")
{
    await new JobRun(new Server(args[1]), report).RunAsync();
    return;
}
var server = new Server(args[0]);
await new LatencyRun(server, report).RunAsync(args.Length > 1 ? int.Parse(args[1]) : 1000);
await new ThroughputRun(server, report).RunAsync();
await new StartRun(server, report).RunAsync(args[0], args.Length > 2 ? int.Parse(args[2]) : 10_000);
await new JobRun(server, report).RunAsync();
report.Print();
