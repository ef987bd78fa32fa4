using Bulkhead.Api.Contract;
using Bulkhead.Operator.Metrics;
using Bulkhead.Otlp;
using Bulkhead.Telemetry;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Operator.Hosting;

/// <summary>The operator as a process: the controllers, and health and metrics for whoever watches it.</summary>
internal static class OperatorHost
{
    public static async Task<int> RunAsync(OperatorOptions options, CancellationToken ct)
    {
        using var export = options.OtlpEndpoint is { } collector
            ? OtlpExport.Start(collector, Composition.Name, Tracing.SourceName, ExecutionMetrics.MeterName, Composition.Name)
            : null;
        await using var app = Build(options);
        await app.RunAsync(ct);
        return 0;
    }

    public static WebApplication Build(OperatorOptions options, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(line => (line.TimestampFormat, line.UseUtcTimestamp) = ("yyyy-MM-ddTHH:mm:ss.fffZ", true)).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseUrls(options.Listen.Length > 0 ? options.Listen : "http://127.0.0.1:0");
        // Given before the runtime's own defaults, so that a test can put itself in between.
        services?.Invoke(builder.Services);
        if (options.KubeConfig is { } file) builder.Services.AddSingleton(KubernetesClientConfiguration.BuildConfigFromConfigFile(file));
        builder.Services.AddBulkhead(options);
        var app = builder.Build();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = check => !check.Tags.Contains("ready") });
        app.MapHealthChecks("/readyz");
        _ = app.Services.GetRequiredService<ExecutionMetrics>();
        app.MapGet("/metrics", (PrometheusPage page) => Results.Text(page.Write(), PrometheusPage.ContentType));
        return app;
    }
}
