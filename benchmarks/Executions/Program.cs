using Bulkhead.Executions.Benchmarks;
using Bulkhead.Kubernetes.Benchmarks;

// args: kubeconfig [executions at once] [rounds]. The cluster needs a node, the image localhost/bulkhead-worker:dev (eng/image worker, eng/cluster load) and crds/.
var many = args.Length > 1 ? int.Parse(args[1]) : 100;
var rounds = args.Length > 2 ? int.Parse(args[2]) : 3;
var report = new Report();
await using var cluster = await MeasuredCluster.OpenAsync(args[0]);
await new FirstNodeRun(cluster, report).RunAsync(20);
await new JobRace(cluster, report).RunAsync(many, rounds);
report.Print();
