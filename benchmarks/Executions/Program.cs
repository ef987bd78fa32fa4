using Bulkhead.Executions.Benchmarks;
using Bulkhead.Kubernetes.Benchmarks;

// args: kubeconfig, the operator's token, executions at once (100; 0: no race), rounds (3). run.sh makes the cluster for it.
var many = args.Length > 2 ? int.Parse(args[2]) : 100;
var rounds = args.Length > 3 ? int.Parse(args[3]) : 3;
var report = new Report();
await using var cluster = await MeasuredCluster.OpenAsync(args[0], args[1]);
var node = new NodeFolder(args[0]);
await new FirstNodeRun(cluster, node, report).RunAsync(20);
if (many > 0) await new JobRace(cluster, report).RunAsync(many, rounds);
var writes = node.Writes(MeasuredCluster.Account, cluster.Namespace);
double executions = 20 + (many * rounds);
report.Add("operator's writes per execution, by the audit log", $"{writes.Where(w => w.Key != "events").Sum(w => w.Value) / executions:0.0}; events {writes["events"] / executions:0.0}");
report.Print();
