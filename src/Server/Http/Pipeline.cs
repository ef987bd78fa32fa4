using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Http;

/// <summary>The way of a request: faults to problems -> identify -> rate -> admit -> endpoint.</summary>
internal static class Pipeline
{
    public static void AddParts(IServiceCollection parts, RateLimits rates, ServerMeter meter, ILoggerFactory logs)
    {
        parts.AddSingleton(logs);
        parts.AddSingleton<IHostLifetime, SilentLifetime>();
        parts.AddRouting();
        parts.AddRateLimiter(options => rates.Apply(options, meter));
        parts.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    public static void Use(WebApplication app, Gate gate, ILogger log)
    {
        app.Use((http, next) => FaultsToProblemsAsync(http, next, log));
        app.UseRouting();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.Use(gate.IdentifyAsync);
        app.UseRateLimiter();
        app.Use(gate.AdmitAsync);
    }

    private static async Task FaultsToProblemsAsync(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e)
        {
            if (!http.Response.HasStarted) await Answer.ProblemAsync(http, e.StatusCode, "BAD_REQUEST", e.Message);
            return;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return; // The client has gone.
        }
        catch (Exception e)
        {
            Log.RequestFailed(log, http.Request.Method, (http.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText, e);
            if (!http.Response.HasStarted) await Answer.ProblemAsync(http, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "The server failed; its log says why.");
            return;
        }

        if (http.Response.HasStarted) return;
        if (http.Response.StatusCode == StatusCodes.Status404NotFound) await Answer.NotFoundAsync(http);
        else if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            await Answer.ProblemAsync(http, StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "This address does not know the method.");
    }

    /// <summary>Signals are handled by who runs the server: a drain comes before the stop.</summary>
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
