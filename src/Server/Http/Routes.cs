using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bulkhead.Server.Http;

/// <summary>Every address of the server, and what it asks of its caller. The same as in openapi.json; a test compares them.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder app, RouteHandlers to)
    {
        Add("POST", "/v1/executions", RouteAccess.Run, to.Submit.HandleAsync);
        Add("GET", "/v1/executions", RouteAccess.Look, to.Executions.ListAsync);
        Add("GET", "/v1/executions/{id}", RouteAccess.Look, to.Executions.GetAsync);
        Add("DELETE", "/v1/executions/{id}", RouteAccess.Run, to.Executions.CancelAsync);
        Add("GET", "/v1/executions/{id}/events", RouteAccess.Look, to.Executions.EventsAsync);
        Add("GET", "/v1/executions/{id}/graph", RouteAccess.Look, to.Executions.GraphAsync);
        Add("POST", "/v1/executions/{id}/suspend", RouteAccess.Run, to.Executions.SuspendAsync);
        Add("POST", "/v1/executions/{id}/resume", RouteAccess.Run, to.Executions.ResumeAsync);
        Add("GET", "/v1/events", RouteAccess.Look, to.Feed.HandleAsync);
        Add("CONNECT", "/v1/events", RouteAccess.Look, to.Feed.HandleAsync);
        Add("GET", "/v1/me", RouteAccess.Look, SystemEndpoints.MeAsync);
        Add("GET", "/metrics", RouteAccess.Measure, to.System.MetricsAsync);
        Add("GET", "/healthz", RouteAccess.Public, SystemEndpoints.HealthAsync);
        Add("GET", "/readyz", RouteAccess.Public, to.System.ReadyAsync);
        Add("GET", "/openapi.json", RouteAccess.Public, SystemEndpoints.File("openapi.json", "application/json; charset=utf-8"));
        Add("GET", "/", RouteAccess.Public, SystemEndpoints.File("index.html", "text/html; charset=utf-8"));
        Add("GET", "/icon.svg", RouteAccess.Public, SystemEndpoints.File("icon.svg", "image/svg+xml"));
        Add("GET", "/page.css", RouteAccess.Public, SystemEndpoints.File("page.css", "text/css; charset=utf-8"));
        Add("GET", "/page.js", RouteAccess.Public, SystemEndpoints.File("page.js", "text/javascript; charset=utf-8"));

        void Add(string method, string pattern, RouteAccess access, RequestDelegate handler) => app.MapMethods(pattern, [method], handler).WithMetadata(access);
    }
}
