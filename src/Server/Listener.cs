using System.Net;
using Bulkhead.Api.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Bulkhead.Server;

/// <summary>Kestrel's set-up: one address, its limits, and TLS where Kestrel's own configuration names a certificate.</summary>
internal static class Listener
{
    private const string Section = "Kestrel";

    /// <summary>Kestrel's configuration: a JSON file, and variables like <c>Kestrel__Certificates__Default__Path</c> over it.</summary>
    public static IConfigurationSection Configuration(ServeOptions options)
    {
        var builder = new ConfigurationBuilder();
        if (options.KestrelConfig is { } path) builder.AddJsonFile(Path.GetFullPath(path), optional: false);
        return builder.AddEnvironmentVariables().Build().GetSection(Section);
    }

    public static bool HasCertificate(IConfigurationSection kestrel) => kestrel.GetSection("Certificates:Default").GetChildren().Any();

    public static void Apply(WebApplicationBuilder builder, IPEndPoint endpoint, IConfigurationSection kestrel, ServerSettings settings)
    {
        var tls = HasCertificate(kestrel);
        builder.WebHost.UseKestrelCore();
        if (tls) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = InputBounds.DocumentBytes;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.MaxRequestLineSize = 4 * 1024;
            server.Limits.RequestHeadersTimeout = settings.HeadersTimeout;
            server.Limits.MaxConcurrentConnections = 2000;
            server.Limits.MaxConcurrentUpgradedConnections = 1000;
            if (tls) server.Configure(kestrel);
            server.Listen(endpoint, listen =>
            {
                if (tls) listen.UseHttps();
            });
        });
    }
}
