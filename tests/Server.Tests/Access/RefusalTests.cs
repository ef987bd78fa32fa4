using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Bulkhead.Api.Text;
using Bulkhead.Server.Http;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Access;

/// <summary>What is refused, and that a refusal tells nothing.</summary>
[Collection(ServeCollection.Name)]
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly ServeFolder _folder = new();
    private string _alice = "";
    private string _bob = "";
    private ServerInProcess _server = null!;

    public async Task InitializeAsync()
    {
        (_alice, _bob) = (_folder.AddToken("alice", "acme"), _folder.AddToken("bob", "globex"));
        _server = await ServerInProcess.StartAsync(
            _folder, settings => settings with { HeadersTimeout = TimeSpan.FromSeconds(1), Rates = new RateLimits(1000, 1000) });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, "no token")]
    [InlineData("", "an empty one")]
    [InlineData("bht_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a guessed one")]
    [InlineData("HASH", "the hash that stands in the file is not the token")]
    [InlineData("CUT", "all but the last character")]
    [InlineData("LONGER", "one character more")]
    public async Task AnyRoute_WithoutAValidToken_Is401(string? token, string because)
    {
        var sent = token switch
        {
            "HASH" => File.ReadAllText(_folder.Tokens).Split('"')[^2],
            "CUT" => _alice[..^1],
            "LONGER" => _alice + "A",
            _ => token,
        };
        using var client = new ApiClient(_server.Host.Address, token: null);
        if (sent is not null) client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {sent}");

        foreach (var path in new[] { "v1/executions", $"v1/executions/exec_{Guid.NewGuid()}", "v1/events", "v1/me", "metrics", "v1/nothing" })
        {
            var (status, body) = await client.GetAsync(path);
            status.ShouldBe(HttpStatusCode.Unauthorized, $"{path}: {because}");
            body.GetProperty("code").GetString().ShouldBe("TOKEN_REQUIRED");
        }

        (await client.PostAsync("v1/executions", Workflows.Short)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer x {0}")]
    public async Task Token_InAnotherScheme_Is401(string header)
    {
        using var client = new ApiClient(_server.Host.Address, token: null);
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", string.Format(header, _alice));
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_InTheQuery_Is401()
    {
        using var client = new ApiClient(_server.Host.Address, token: null);
        (await client.GetAsync($"v1/me?access_token={_alice}&token={_alice}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task OtherUsersRun_AnyRoute_IsTheSame404AsARunThatDoesNotExist()
    {
        using var alice = _server.Client(_alice);
        using var bob = _server.Client(_bob);
        var id = await alice.SubmitAsync(Workflows.Short);
        await alice.WaitForAsync(id, "Succeeded");
        var nowhere = $"exec_{Guid.NewGuid()}";

        foreach (var (method, route) in new (HttpMethod, string)[]
        {
            (HttpMethod.Get, "v1/executions/{0}"), (HttpMethod.Get, "v1/executions/{0}/events"), (HttpMethod.Get, "v1/executions/{0}/graph"),
            (HttpMethod.Delete, "v1/executions/{0}"), (HttpMethod.Post, "v1/executions/{0}/suspend"), (HttpMethod.Post, "v1/executions/{0}/resume"),
            (HttpMethod.Get, "v1/events?execution={0}"),
        })
        {
            var (others, nothing) = (await bob.SendAsync(method, string.Format(route, id)), await bob.SendAsync(method, string.Format(route, nowhere)));
            others.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {route}");
            (nothing.Status, nothing.Body.GetRawText()).ShouldBe((others.Status, others.Body.GetRawText()), $"{method} {route}");
        }

        foreach (var query in new[] { "", "?tenant=acme", "?phase=Succeeded" })
            (await bob.GetAsync($"v1/executions{query}")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await alice.GetAsync("v1/executions?tenant=globex")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await alice.GetAsync("v1/executions?tenant=acme")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Submit_MoreThanADocumentMayHave_Is413AndNothingIsKept()
    {
        using var alice = _server.Client(_alice);
        var (status, body) = await alice.PostAsync("v1/executions", new string('#', InputBounds.DocumentBytes + 1));
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        body.GetProperty("code").GetString().ShouldBe("BAD_REQUEST");
        (await alice.GetAsync("v1/executions")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"name\": ", HttpStatusCode.BadRequest, "UNREADABLE", "text that ends too early")]
    [InlineData("name: x\nnodes: []\nsurprise: 1\n", HttpStatusCode.UnprocessableEntity, "INVALID", "all faults of a document that can be read")]
    public async Task Submit_FaultyText_HasEveryFaultWithItsPath(string text, HttpStatusCode expected, string code, string because)
    {
        using var alice = _server.Client(_alice);
        var (status, body) = await alice.PostAsync("v1/executions", text);
        status.ShouldBe(expected, because);
        body.GetProperty("code").GetString().ShouldBe(code);
        var faults = body.GetProperty("faults").EnumerateArray().ToList();
        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(f => f.GetProperty("code").GetString() != "" && f.GetProperty("message").GetString() != "");
        if (code == "INVALID") faults.Select(f => f.GetProperty("path").GetString()).ShouldContain("surprise");
    }

    [Theory]
    [InlineData("tenantId: globex", "TENANT_CONFLICT", "spec.tenantId")]
    [InlineData("userId: bob", "USER_CONFLICT", "spec.userId")]
    public async Task Submit_InAnothersName_IsRefused(string line, string code, string path)
    {
        using var alice = _server.Client(_alice);
        var (status, body) = await alice.PostAsync("v1/executions", $$"""
            apiVersion: bulkhead.dev/v1alpha1
            kind: WorkflowExecution
            metadata: {name: x}
            spec:
              {{line}}
              workflow: {name: x, nodes: [{name: a, run: "return {}"}]}
            """);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("faults")[0].GetProperty("code").GetString().ShouldBe(code);
        body.GetProperty("faults")[0].GetProperty("path").GetString().ShouldBe(path);
        body.GetProperty("faults")[0].GetProperty("class").GetString().ShouldBe("PERMISSION_ERROR");
    }

    [Fact]
    public async Task Submit_WithConnectionsAndSecretsOfItsOwn_IsRefused()
    {
        using var alice = _server.Client(_alice);
        var (status, body) = await alice.PostAsync("v1/executions", $$"""
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workflow
            metadata: {name: x}
            spec:
              workflow: {name: x, nodes: [{name: a, run: "return {}"}]}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: mine}
            spec: {type: postgres, config: {host: 127.0.0.1, port: 5432, database: x}, secretRef: {name: mine} }
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: mine}
            stringData: {password: "file:{{_folder.Tokens}}"}
            """);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ShouldBe(["CONNECTION_NOT_ALLOWED", "SECRET_NOT_ALLOWED"]);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden, "a page of somebody else")]
    [InlineData("null", HttpStatusCode.Forbidden, "a sandboxed page")]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden, "another port is another origin")]
    [InlineData("OWN", HttpStatusCode.OK, "the server's own page")]
    public async Task Request_WithAnOrigin_IsServedToOwnPagesOnly(string origin, HttpStatusCode expected, string because)
    {
        var sent = origin == "OWN" ? $"http://localhost:{_server.Host.Address.Port}" : origin;
        using var alice = _server.Client(_alice);
        alice.Http.DefaultRequestHeaders.TryAddWithoutValidation("Origin", sent);
        (await alice.GetAsync("v1/me")).Status.ShouldBe(expected, because);

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_alice}");
        socket.Options.SetRequestHeader("Origin", sent);
        var opening = socket.ConnectAsync(new UriBuilder(_server.Host.Address) { Scheme = "ws", Path = "v1/events" }.Uri, CancellationToken.None);
        if (expected == HttpStatusCode.OK) await opening;
        else await Should.ThrowAsync<WebSocketException>(() => opening);
    }

    [Fact]
    public async Task Socket_TokenAsSubprotocol_IsTheWayOfABrowser()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("bulkhead.v1");
        socket.Options.AddSubProtocol($"bulkhead.bearer.{_alice}");
        await socket.ConnectAsync(new UriBuilder(_server.Host.Address) { Scheme = "ws", Path = "v1/events" }.Uri, CancellationToken.None);
        socket.SubProtocol.ShouldBe("bulkhead.v1", "the token is not said back");
    }

    [Fact]
    public async Task Headers_ThatNeverEnd_AreCutOff()
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, _server.Host.Address.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: "));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(slow.GetStream());
        (await reader.ReadToEndAsync(patience.Token)).ShouldStartWith("HTTP/1.1 408");

        using var client = _server.Client(_alice);
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Headers_TooLarge_AreRefused()
    {
        using var client = _server.Client(_alice);
        client.Http.DefaultRequestHeaders.Add("X-Large", new string('a', 20_000));
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Fact]
    public async Task Route_UnknownOrWithAnotherMethod_IsAProblem()
    {
        using var client = _server.Client(_alice);
        (await client.GetAsync("v1/nothing")).Body.GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        (await client.SendAsync(HttpMethod.Put, "v1/executions", "x")).Body.GetProperty("code").GetString().ShouldBe("METHOD_NOT_ALLOWED");
        foreach (var query in new[] { "limit=0", "limit=x", "phase=Nowhere", "phase=1", "continue=-1" })
            (await client.GetAsync($"v1/executions?{query}")).Body.GetProperty("code").GetString().ShouldBe("BAD_QUERY", query);
    }
}
