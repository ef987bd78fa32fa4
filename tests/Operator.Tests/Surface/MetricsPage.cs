using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Bulkhead.Operator.Hosting;
using Bulkhead.Operator.Metrics;
using Bulkhead.Telemetry;
using k8s;
using KubeOps.Operator.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bulkhead.Operator.Tests.Surface;

/// <summary>Writes docs/metrics.md from the instruments of the operator.</summary>
internal static partial class MetricsPage
{
    private const string Head = """
        # Metrics of the operator

        Generated from the instruments (`tests/Operator.Tests/Surface/MetricsPage.cs`); a test holds it true.

        Served as a Prometheus page at `/metrics` of `--listen`. No name of an execution, tenant, user or connection is ever a label. What begins with `kubeops` comes from the
        runtime below the controllers and has the names of the published one. With `--otlp-endpoint` the same instruments go to an OpenTelemetry collector, under their own names
        (`bulkhead.executions`); logs and traces are in [operations.md](operations.md#logs-metrics-traces).

        | metric | type | labels | meaning |
        |---|---|---|---|

        """;

    public static async Task<string> WriteAsync()
    {
        List<Instrument> instruments = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) => instruments.Add(instrument);
        var options = new OperatorOptions { Listen = "", LeaderElection = false, Worker = new WorkerPodOptions { Image = "x" } };
        await using var app = OperatorHost.Build(options, services => services.AddSingleton(new KubernetesClientConfiguration { Host = "http://127.0.0.1:9" }));
        var page = app.Services.GetRequiredService<PrometheusPage>();
        listener.Start();
        _ = app.Services.GetRequiredService<ExecutionMetrics>();
        _ = app.Services.GetServices<IHostedService>().ToList();
        foreach (var histogram in instruments.OfType<Histogram<double>>().Where(i => i.Meter.Name == ExecutionMetrics.MeterName)) histogram.Record(1);
        Touch(app.Services.GetRequiredService<OperatorMetrics>());
        return Head + Table(page.Write());
    }

    /// <summary>A metric without a value is not on the page; with one, it shows its labels.</summary>
    private static void Touch(OperatorMetrics metrics)
    {
        metrics.Reconciled("", TimeSpan.Zero, failed: false);
        metrics.WatchEvent("");
        metrics.WatchFailed("");
    }

    private static string Table(string page)
    {
        var rows = new StringBuilder();
        foreach (Match metric in Metric().Matches(page))
        {
            var (name, help, type) = (metric.Groups["name"].Value, metric.Groups["help"].Value, metric.Groups["type"].Value);
            var labels = Label().Matches(metric.Groups["first"].Value).Select(l => l.Groups["key"].Value).Where(l => l != "le");
            rows.Append($"| `{name}` | {type} | {string.Join(", ", labels.Select(l => $"`{l}`"))} | {help} |\n");
        }

        return rows.ToString();
    }

    [GeneratedRegex(@"^# HELP (?<name>\S+) (?<help>.*)\n# TYPE \S+ (?<type>\S+)\n(?<first>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("(?<key>[a-z_]+)=\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
