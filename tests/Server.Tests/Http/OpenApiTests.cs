using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;
using Bulkhead.Server.Http;
using Bulkhead.Server.Tests.Running;
using Microsoft.AspNetCore.Routing;

namespace Bulkhead.Server.Tests.Http;

/// <summary>openapi.json says what the server does: every route, every field, both ways.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] PageParts = ["/page.css", "/page.js", "/icon.svg"];

    [Fact]
    public async Task Document_Paths_AreTheRoutes()
    {
        using var folder = new ServeFolder();
        folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        var routes = server.Host.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => (Route: $"{m} {e.RoutePattern.RawText}", Public: e.Metadata.GetMetadata<RouteAccess>() == RouteAccess.Public)))
            .Where(r => !r.Route.StartsWith("CONNECT", StringComparison.Ordinal) && !PageParts.Any(r.Route.EndsWith)).ToList();

        using var client = new ApiClient(server.Host.Address, token: null);
        var (_, document) = await client.GetAsync("openapi.json");
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(o => (Route: $"{o.Name.ToUpperInvariant()} {path.Name}", Public: o.Value.TryGetProperty("security", out var _)))).ToList();

        described.OrderBy(r => r.Route).ShouldBe(routes.OrderBy(r => r.Route));
    }

    [Fact]
    public void Document_Schemas_HaveTheFieldsOfTheTypes()
    {
        var schemas = Document().GetProperty("components").GetProperty("schemas");
        Check("ExecutionView", ServerJson.Default.ExecutionView);
        Check("ExecutionPage", ServerJson.Default.ExecutionPage);
        Check("QueueView", ServerJson.Default.QueueView);
        Check("NodeCounts", ServerJson.Default.NodeCounts);
        Check("ProblemDocument", ServerJson.Default.ProblemDocument);
        Check("Problem", ServerJson.Default.Problem);
        Check("ConnectionResult", ServerJson.Default.ConnectionResult);
        Check("CallerView", ServerJson.Default.CallerView);
        Check("FeedFrame", ServerJson.Default.FeedFrame);
        Check("ExecutionResult", ContractJson.Default.ExecutionResult, "checkpoint");
        Check("UserEvent", UserEventJson.Default.UserEvent, more: "id");

        void Check(string name, JsonTypeInfo type, string? notShown = null, string? more = null) =>
            schemas.GetProperty(name).GetProperty("properties").EnumerateObject().Select(p => p.Name).Where(p => p != more).Order()
                .ShouldBe(type.Properties.Where(p => p.Get is not null).Select(p => p.Name).Where(p => p != notShown).Order(), name);
    }

    [Fact]
    public void Document_References_AreAllThere()
    {
        var document = Document();
        var text = document.GetRawText();
        foreach (var reference in text.Split("\"$ref\": \"#/")[1..].Select(r => r.Split('"')[0]).Distinct())
            reference.Split('/').Aggregate(document, (at, part) => at.GetProperty(part)).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    private static JsonElement Document() =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "src", "Server", "Page", "openapi.json")));
}
