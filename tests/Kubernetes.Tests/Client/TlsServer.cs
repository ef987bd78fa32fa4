using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Kubernetes.Tests.Client;

/// <summary>A TLS server on loopback that answers like an API server: a namespace, or 401 with a Status.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private const string Unauthorized = """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""";
    private const string Namespace = """{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"default"}}""";
    private readonly ConcurrentDictionary<IConnectionLifetimeFeature, byte> _connections = [];
    private readonly WebApplication _app;
    private volatile X509Certificate2 _certificate;

    private TlsServer((string Certificate, string Key) identity)
    {
        _certificate = X509Certificate2.CreateFromPem(identity.Certificate, identity.Key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(h =>
        {
            h.ServerCertificateSelector = (_, _) => _certificate;
            h.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            h.AllowAnyClientCertificate();
        })));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Who asked, request by request: the name in the client's certificate, the bearer token, the body.</summary>
    public ConcurrentQueue<(string? Name, string? Token, string Body)> Seen { get; } = [];

    /// <summary>Whom the server lets in.</summary>
    public Func<string? /*name*/, string? /*token*/, bool> Admits { get; set; } = (_, _) => true;

    /// <summary>What it says to those whom it lets in.</summary>
    public string Answer { get; set; } = Namespace;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<TlsServer> StartAsync((string Certificate, string Key) identity)
    {
        var server = new TlsServer(identity);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The server's own certificate is rotated; it closes what is open.</summary>
    public void Become((string Certificate, string Key) identity)
    {
        _certificate = X509Certificate2.CreateFromPem(identity.Certificate, identity.Key);
        foreach (var connection in _connections.Keys)
            connection.Abort();
        _connections.Clear();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _connections.TryAdd(context.Features.Get<IConnectionLifetimeFeature>()!, 0);
        var name = (await context.Connection.GetClientCertificateAsync())?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var token = context.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header["Bearer ".Length..] : null;
        using var body = new StreamReader(context.Request.Body);
        Seen.Enqueue((name, token, await body.ReadToEndAsync()));
        var admitted = Admits(name, token);
        context.Response.StatusCode = admitted ? 200 : 401;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(admitted ? Answer : Unauthorized);
    }
}
