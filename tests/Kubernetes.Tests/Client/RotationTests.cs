using System.Net;
using System.Runtime.Versioning;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Kubernetes.Tests.Client;

/// <summary>Credentials and authorities that somebody else rotates while the client runs, on a real TLS connection.</summary>
[SupportedOSPlatform("linux")]
public sealed class RotationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Pki _pki = new("first authority");
    private TlsServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TlsServer.StartAsync(_pki.Issue("server"));
        Put("ca.crt", _pki.Pem);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _pki.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Certificate_FilesReplacedAndOldOneRefused_RequestIsSentWithTheNewOne()
    {
        PutCertificate("first");
        using var client = Client("{client-certificate: tls.crt, client-key: tls.key}");
        await client.GetAsync<V1Namespace>("default");

        PutCertificate("second");
        _server.Admits = (name, _) => name == "second";
        await client.CreateAsync(new V1Namespace { Metadata = new() { Name = "n" } });

        _server.Seen.Select(s => s.Name).ShouldBe(["first", "first", "second"]);
        _server.Seen.Last().Body.ShouldContain("\"name\":\"n\"", customMessage: "the second try carries the body again");
    }

    [Fact]
    public async Task Certificate_ManyRequestsAreRefusedAtOnce_AllGoOn()
    {
        PutCertificate("first");
        using var client = Client("{client-certificate: tls.crt, client-key: tls.key}");
        await client.GetAsync<V1Namespace>("default");
        PutCertificate("second");
        _server.Admits = (name, _) => name == "second";

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync<V1Namespace>("default")));

        _server.Seen.Count(s => s.Name == "second").ShouldBe(20);
    }

    [Fact]
    public async Task Certificate_KeyOfTheOldOneStillThere_IsRefusedAndThenFound()
    {
        PutCertificate("first");
        using var client = Client("{client-certificate: tls.crt, client-key: tls.key}");
        await client.GetAsync<V1Namespace>("default");
        var (certificate, key) = _pki.Issue("second");
        _server.Admits = (name, _) => name == "second";

        Put("tls.crt", certificate);
        var refused = await Should.ThrowAsync<HttpOperationException>(() => client.GetAsync<V1Namespace>("default"));
        Put("tls.key", key);
        await client.GetAsync<V1Namespace>("default");

        refused.Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _server.Seen.Select(s => s.Name).ShouldBe(["first", "first", "first", "second"], "a half-written pair is never used");
    }

    [Fact]
    public async Task Authority_FileReplaced_IsTrustedFromTheNextConnection()
    {
        using var client = Client("{token: t}");
        await client.GetAsync<V1Namespace>("default");
        using var other = new Pki("second authority");
        _server.Become(other.Issue("server"));

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync<V1Namespace>("default"));
        Put("ca.crt", other.Pem);
        await client.GetAsync<V1Namespace>("default");

        error.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError, "nobody trusts the new authority before the file names it");
        _server.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task TokenFile_RefusedAndRenewed_RequestIsSentOnceMore()
    {
        Put("token", "old");
        using var client = Client("{tokenFile: token}");
        await client.GetAsync<V1Namespace>("default");

        Put("token", "new");
        _server.Admits = (_, token) => token == "new";
        await client.GetAsync<V1Namespace>("default");

        _server.Seen.Select(s => s.Token).ShouldBe(["old", "old", "new"]);
    }

    [Fact]
    public async Task TokenFile_RefusedAndUnchanged_IsNotSentAgain()
    {
        Put("token", "old");
        _server.Admits = (_, _) => false;
        using var client = Client("{tokenFile: token}");

        var refused = await Should.ThrowAsync<HttpOperationException>(() => client.GetAsync<V1Namespace>("default"));

        refused.Message.ShouldBe("GET /api/v1/namespaces/default: 401 Unauthorized");
        _server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TokenFile_RenewedAndRefusedAgain_IsNotSentAThirdTime()
    {
        Put("token", "0");
        _server.Admits = (_, _) =>
        {
            Put("token", $"{_server.Seen.Count}");
            return false;
        };
        using var client = Client("{tokenFile: token}");

        await Should.ThrowAsync<HttpOperationException>(() => client.GetAsync<V1Namespace>("default"));

        _server.Seen.Select(s => s.Token).ShouldBe(["0", "1"]);
    }

    [Fact]
    public async Task Exec_ManyRequestsAreRefusedAtOnce_RunsTheProgramOnceMore()
    {
        using var client = Client(Program("\"token\":\"t'$n'\""));
        await client.GetAsync<V1Namespace>("default");
        _server.Admits = (_, token) => token == "t2";

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync<V1Namespace>("default")));

        File.ReadAllLines(In("runs")).Length.ShouldBe(2);
        _server.Seen.Count(s => s.Token == "t2").ShouldBe(20);
    }

    [Fact]
    public async Task Exec_AnswersAnotherCertificate_NewConnectionsCarryIt()
    {
        foreach (var n in new[] { 1, 2 })
        {
            var (certificate, key) = _pki.Issue($"name {n}");
            Put($"c{n}", certificate.ReplaceLineEndings("\\n"));
            Put($"k{n}", key.ReplaceLineEndings("\\n"));
        }
        using var client = Client(Program($"\"clientCertificateData\":\"'\"$(cat {In("c$n")})\"'\",\"clientKeyData\":\"'\"$(cat {In("k$n")})\"'\""));
        await client.GetAsync<V1Namespace>("default");
        _server.Admits = (name, _) => name == "name 2";

        await client.GetAsync<V1Namespace>("default");

        _server.Seen.Select(s => s.Name).ShouldBe(["name 1", "name 1", "name 2"]);
    }

    private KubernetesClient Client(string user)
    {
        Put("config", $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{_server.Address}}", certificate-authority: ca.crt} }]
            users: [{name: u, user: {{user}} }]
            """);
        return new(KubernetesClientConfiguration.BuildConfigFromConfigFile(In("config")));
    }

    /// <summary>A credential program; in its answer <c>$n</c> counts its runs.</summary>
    private string Program(string status)
    {
        Put("plugin", $$"""
            #!/bin/sh
            echo run >> {{In("runs")}}
            n=$(wc -l < {{In("runs")}})
            printf '%s\n' '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{@} }'
            """.Replace("@", status));
        File.SetUnixFileMode(In("plugin"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: {In("plugin")} }} }}";
    }

    private void PutCertificate(string name)
    {
        var (certificate, key) = _pki.Issue(name);
        Put("tls.crt", certificate);
        Put("tls.key", key);
    }

    private void Put(string name, string text) => File.WriteAllText(In(name), text);

    private string In(string name) => Path.Combine(_folder, name);
}
