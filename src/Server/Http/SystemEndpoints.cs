using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text;
using Bulkhead.Server.Executions;
using Bulkhead.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>Probes, metrics, the API's description and the status page.</summary>
internal sealed class SystemEndpoints(Dispatcher dispatcher, PrometheusPage metrics, Func<bool> recovered)
{
    /// <summary><c>GET /healthz</c>: the process answers.</summary>
    public static Task HealthAsync(HttpContext http) => TextAsync(http, StatusCodes.Status200OK, "ok\n");

    /// <summary><c>GET /readyz</c>: it takes executions; 503 while it cleans up after an earlier server, and while it stops.</summary>
    public Task ReadyAsync(HttpContext http) => !recovered() ? TextAsync(http, StatusCodes.Status503ServiceUnavailable, "recovering\n")
        : dispatcher.IsClosed ? TextAsync(http, StatusCodes.Status503ServiceUnavailable, "draining\n")
        : TextAsync(http, StatusCodes.Status200OK, "ok\n");

    /// <summary><c>GET /metrics</c></summary>
    public async Task MetricsAsync(HttpContext http)
    {
        http.Response.ContentType = PrometheusPage.ContentType;
        await http.Response.WriteAsync(metrics.Write(), http.RequestAborted);
    }

    /// <summary><c>GET /v1/me</c></summary>
    public static Task MeAsync(HttpContext http)
    {
        var caller = Callers.Of(http);
        return Answer.JsonAsync(
            http, StatusCodes.Status200OK, new CallerView(caller.Owner.TenantId, caller.Owner.UserId, caller.Roles), ServerJson.Default.CallerView);
    }

    /// <summary>A file of src/Server/Page.</summary>
    public static RequestDelegate File(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Page/{name}") ?? throw new InvalidOperationException($"Page/{name} is not in the program.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        return async http =>
        {
            http.Response.ContentType = contentType;
            http.Response.Headers.CacheControl = "no-cache";
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        };
    }

    /// <summary>The meters that are shown: this server's own, its factory's, and Kestrel's and the runtime's.</summary>
    public static bool Shows(Meter meter, ServerMeter own) =>
        own.Owns(meter) || meter.Name is "Bulkhead.Engine" or "System.Runtime" or "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Server.Kestrel";

    private static Task TextAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).AsTask();
    }
}
