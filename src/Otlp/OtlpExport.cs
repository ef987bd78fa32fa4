using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bulkhead.Otlp;

/// <summary>
/// Sends the spans of one source, and the metrics of some meters, to an OpenTelemetry collector: OTLP over HTTP, protobuf, <c>/v1/traces</c> and
/// <c>/v1/metrics</c> below the endpoint. The collector is never waited for, but for <see cref="LastWords"/> at the end; what it does not take is lost.
/// Headers, intervals and resource attributes follow the standard's own environment variables (<c>OTEL_EXPORTER_OTLP_HEADERS</c>,
/// <c>OTEL_METRIC_EXPORT_INTERVAL</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>).
/// </summary>
public static class OtlpExport
{
    /// <summary>Most milliseconds that the end of the process waits for the collector, for spans and for metrics each.</summary>
    public const int LastWords = 2000;

    /// <summary>Exports until it is disposed.</summary>
    /// <param name="endpoint">The collector, such as <c>http://collector:4318</c>.</param>
    /// <param name="service">Name of the program: <c>service.name</c>.</param>
    /// <param name="source">The source whose spans are sent.</param>
    /// <param name="meters">Names of the meters that are sent; none: no metrics.</param>
    public static IDisposable Start(Uri endpoint, string service, string source, params IReadOnlyList<string> meters)
    {
        var resource = ResourceBuilder.CreateDefault()
            .AddService(service, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: Environment.MachineName)
            .AddEnvironmentVariableDetector();
        var spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(source).AddOtlpExporter(o => To(o, endpoint, "v1/traces")).Build();
        var metrics = meters.Count == 0
            ? null
            : Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([.. meters]).AddOtlpExporter(o => To(o, endpoint, "v1/metrics")).Build();
        return new Running(spans, metrics);
    }

    private static void To(OtlpExporterOptions options, Uri endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
        options.TimeoutMilliseconds = LastWords;
    }

    private sealed class Running(TracerProvider spans, MeterProvider? metrics) : IDisposable
    {
        public void Dispose()
        {
            spans.Shutdown(LastWords);
            metrics?.Shutdown(LastWords);
            spans.Dispose();
            metrics?.Dispose();
        }
    }
}
