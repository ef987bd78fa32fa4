using Bulkhead.Admission.Benchmarks;
using Bulkhead.Kubernetes.Benchmarks;

// args: kubeconfig, the operator's program, the part. run.sh makes an API server for each.
var report = new Report();
using var server = new Server(args[0], args[1]);
(string Name, Func<Task> Run)[] parts =
[
    ("throughput", () => Parts.ThroughputAsync(server, report, slots: 2000)),
    ("throughput-queued", () => Parts.ThroughputAsync(server, report, slots: 100)),
    ("flood", () => Parts.FloodAsync(server, report, 1000)),
    ("flood-5000", () => Parts.FloodAsync(server, report, 5000)),
    ("tenants", () => Parts.TenantsAsync(server, report)),
    ("waiting", () => new WaitingPart(server, report).RunAsync()),
];
await parts.Single(part => part.Name == args[2]).Run();
report.Print();
