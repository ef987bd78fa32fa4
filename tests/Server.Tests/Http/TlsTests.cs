using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Http;

/// <summary>TLS by Kestrel's own configuration.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Serve_CertificateConfigured_SpeaksTlsOnly()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        using var certificate = WriteCertificate(folder.Root);
        await using var server = await ServerInProcess.StartAsync(
            folder, options: o => o with { Listen = "0.0.0.0:0", KestrelConfig = Path.Combine(folder.Root, "kestrel.json") });
        var address = new UriBuilder(server.Host.Address) { Host = "localhost" }.Uri;
        address.Scheme.ShouldBe("https");

        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(certificate);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        using var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        (await client.GetAsync("v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "wss", Path = "v1/events" }.Uri, new HttpMessageInvoker(handler), CancellationToken.None);

        using var plain = new HttpClient { BaseAddress = new UriBuilder(address) { Scheme = "http" }.Uri };
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetAsync("healthz"));
    }

    private static X509Certificate2 WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (path, keyPath) = (Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "kestrel.json"), JsonSerializer.Serialize(
            new { Kestrel = new { Certificates = new { Default = new { Path = path, KeyPath = keyPath } } } }));
        return certificate;
    }
}
