using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Actions.Web;

/// <summary>Runs with one http connection named <c>api</c>.</summary>
internal static class WebRuns
{
    public static LocalRun Over(string url, string inputs = "{}", string prices = "{}", string timeout = "30s") => new()
    {
        Inputs = inputs,
        Connections =
        [
            new ConnectionDefinition
            {
                Name = "api",
                Type = "http",
                TenantId = "acme",
                Config = JsonElement.Parse($$"""{"baseUrl": "{{url}}", "maxRetries": 0, "timeout": "{{timeout}}", "prices": {{prices}}}"""),
            },
        ],
        Credentials = _ => new Credentials([new("token", "s3cr3t")]),
    };
}
