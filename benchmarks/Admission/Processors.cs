using System.Diagnostics;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>Processor time of everything that shares the machine in a measurement.</summary>
internal sealed record Processors(TimeSpan Operator, TimeSpan ApiServer, TimeSpan Etcd, TimeSpan Measurement)
{
    /// <param name="server">Whose processes.</param>
    /// <param name="controller">The operator; null: it does not run yet.</param>
    public static Processors Now(Server server, OperatorProcess? controller)
    {
        using var own = Process.GetCurrentProcess();
        return new(controller?.Processor ?? TimeSpan.Zero, server.Processor("apiserver"), server.Processor("etcd"), own.TotalProcessorTime);
    }

    /// <summary>Each one's share of a processor since <paramref name="before"/>.</summary>
    public string Since(Processors before, TimeSpan time) =>
        $"operator {Share(Operator - before.Operator, time)}, API server {Share(ApiServer - before.ApiServer, time)}, etcd {Share(Etcd - before.Etcd, time)}, kubelet's stand-in and measurement {Share(Measurement - before.Measurement, time)} "
        + $"of {Environment.ProcessorCount} processors";

    private static string Share(TimeSpan used, TimeSpan time) => $"{used / time:0.00}";
}
