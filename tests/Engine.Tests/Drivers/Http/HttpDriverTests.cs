using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Http;
using Bulkhead.Testing;

namespace Bulkhead.Engine.Tests.Drivers.Http;

public sealed class HttpDriverTests
{
    private static readonly OwnerTag Tag = new(Guid.NewGuid(), 1);

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Theory]
    [InlineData("token=t0", "Bearer t0")]
    [InlineData("username=ann,password=p", "Basic YW5uOnA=")]
    [InlineData("apiKey=k0", "")]
    [InlineData("", "")]
    public async Task Request_WhatTheSecretHolds_AuthorizesIt(string secret, string expected)
    {
        string? apiKey = null;
        await using var server = new LocalServer((c, _) =>
        {
            apiKey = c.Request.Headers["X-Api-Key"];
            return LocalServer.WriteAsync(c, 200, """{"a":[1,2.50]}""");
        });
        IResource resource = await OpenAsync(server.Url + "/v1", secret);
        JsonElement answer = await RequestAsync(resource, """{"method":"POST","path":"/x y","query":{"q":"a&b","open":true,"n":1.50,"none":null},"json":{"n":1}}""");
        server.Asked.ShouldHaveSingleItem().ShouldBe($$"""POST /v1/x%20y?q=a%26b&open=true&n=1.50&none= | {{expected}} | {"n":1}""");
        server.Owners.ShouldHaveSingleItem().ShouldBe(Tag.ToString());
        apiKey.ShouldBe(secret.StartsWith("apiKey", StringComparison.Ordinal) ? "k0" : null);
        answer.GetProperty("status").GetInt32().ShouldBe(200);
        answer.GetProperty("body").GetRawText().ShouldBe("""{"a":[1,2.50]}""");
        answer.GetProperty("headers").GetProperty("content-type").GetString().ShouldBe("application/json");
    }

    [Fact]
    public async Task Request_ErrorStatus_FailsWithoutSecretsOrIsReturned()
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(c, 404, "no", "text/plain"));
        IResource resource = await OpenAsync(server.Url, "token=hunter2");
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => RequestAsync(resource, """{"path":"/a","query":{"key":"hunter2"}}"""));
        (failure.ErrorType, failure.Message, failure.Retryable).ShouldBe(("HttpError", "GET /a: status 404.", false));
        JsonElement answer = await RequestAsync(resource, """{"path":"/a","fail_on_status":false}""");
        answer.GetProperty("status").GetInt32().ShouldBe(404);
        answer.GetProperty("body").GetString().ShouldBe("no");
    }

    [Theory]
    [InlineData("GET", 3, "is idempotent")]
    [InlineData("PUT", 3, "is idempotent")]
    [InlineData("POST", 1, "may have been carried out")]
    public async Task Request_PassingStatus_IsRetriedOnlyWhereSafe(string method, int tries, string because)
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(c, 503, ""));
        IResource resource = await OpenAsync(server.Url);
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, $$"""{"method":"{{method}}"}"""));
        failure.Retryable.ShouldBeTrue();
        server.Asked.Count.ShouldBe(tries, because);
    }

    [Fact]
    public async Task Request_Redirect_IsFollowedOnlyToTheSameOrigin()
    {
        await using var other = new LocalServer((c, _) => LocalServer.WriteAsync(c, 200, "\"stolen\""));
        await using var server = new LocalServer((c, _) =>
        {
            c.Response.Headers["Location"] = c.Request.RawUrl switch { "/near" => "/there", "/far" => other.Url, _ => "/loop" };
            return LocalServer.WriteAsync(c, c.Request.RawUrl == "/there" ? 200 : 302, "\"here\"");
        });
        IResource resource = await OpenAsync(server.Url, "token=t");
        (await RequestAsync(resource, """{"path":"/near"}""")).GetProperty("body").GetString().ShouldBe("here");
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, """{"path":"/far"}"""))).Message
            .ShouldBe("GET /far: a redirect to another origin is refused.");
        other.Asked.ShouldBeEmpty("the token never goes there");
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, """{"path":"/loop"}"""))).Message
            .ShouldBe("GET /loop: more than 5 redirects.");
    }

    [Theory]
    [InlineData("""{"path":"http://example.invalid/"}""", "The path must be relative to the connection's base URL.")]
    [InlineData("""{"path":"../../admin"}""", "The path must stay below the connection's base URL.")]
    [InlineData("""{"headers":{"Authorization":"x"}}""", "The header 'Authorization' is the connection's own.")]
    [InlineData("""{"headers":{"x-api-key":"x"}}""", "The header 'x-api-key' is the connection's own.")]
    [InlineData("""{"headers":{"x":"a\r\nb: c"}}""", "The header 'x' cannot be sent.")]
    [InlineData("""{"url":"/"}""", "A request has no field 'url', only method, path, query, headers, json, body, fail_on_status.")]
    public async Task Request_ThatLeavesTheConnection_IsRefused(string request, string message)
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(c, 200, ""));
        IResource resource = await OpenAsync(server.Url + "/v1/api");
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, request))).Message.ShouldBe(message);
        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_AnswerOverTheLimit_Fails()
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(c, 200, new string('x', 5000), "text/plain"));
        IResource resource = await OpenAsync(server.Url, "", new JsonObject { ["maxBytes"] = 1024 });
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, "{}"))).Message.ShouldContain("more than 1024 bytes");
    }

    [Fact]
    public async Task Request_NoAnswer_EndsAfterTheTimeout()
    {
        await using var server = new LocalServer((_, _) => Task.Delay(Timeout.Infinite));
        IResource resource = await OpenAsync(server.Url, "", new JsonObject { ["timeout"] = "200ms", ["maxRetries"] = 0 });
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, "{}"))).Message.ShouldBe("GET /: no answer within 0.2 s.");
    }

    [Fact]
    public async Task Close_RequestRunning_IsCancelledAndLaterUseRefused()
    {
        var asked = new TaskCompletionSource();
        await using var server = new LocalServer((_, _) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite);
        });
        IResource resource = await OpenAsync(server.Url);
        Task running = RequestAsync(resource, "{}");
        await asked.Task;
        await resource.CloseAsync(last: true, Limit);
        (await resource.ProveAsync(Limit)).ShouldBe(new ReleaseProof(true));
        (await Should.ThrowAsync<NodeFailureException>(() => running)).Message.ShouldContain("its execution has ended");
        (await Should.ThrowAsync<NodeFailureException>(() => RequestAsync(resource, "{}"))).Message.ShouldContain("its execution has ended");
    }

    [Fact]
    public async Task Release_OAuthToken_IsRevokedOnce()
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(
            c, 200, c.Request.RawUrl == "/token" ? """{"access_token":"a1","expires_in":600}""" : "{}"));
        IResource resource = await OpenAsync(server.Url, "clientId=id,clientSecret=s:/", OAuth(server));
        await RequestAsync(resource, """{"path":"/data"}""");
        await RequestAsync(resource, """{"path":"/data"}""");
        await resource.CloseAsync(last: true, Limit);
        (await resource.ProveAsync(Limit)).ShouldBe(new ReleaseProof(true, 1));
        (await resource.ProveAsync(Limit)).ShouldBe(new ReleaseProof(true, 1), "idempotent");
        server.Asked.ShouldBe(
        [
            "POST /token | Basic aWQ6cyUzQSUyRg== | grant_type=client_credentials&scope=read",
            "GET /data | Bearer a1 | ",
            "GET /data | Bearer a1 | ",
            "POST /revoke | Basic aWQ6cyUzQSUyRg== | token=a1&token_type_hint=access_token",
        ]);
    }

    [Fact]
    public async Task Release_RevocationRefused_IsNotProven()
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(
            c, c.Request.RawUrl == "/token" ? 200 : 500, """{"access_token":"a1"}"""));
        IResource resource = await OpenAsync(server.Url, "clientId=id,clientSecret=s", OAuth(server));
        await resource.CloseAsync(last: true, Limit);
        ReleaseProof proof = await resource.ProveAsync(Limit);
        (proof.Proven, proof.Remaining, proof.Message).ShouldBe((false, 1, "The token was not revoked: status 500."));
    }

    [Fact]
    public async Task Open_WrongClientSecret_FailsAtOnce()
    {
        await using var server = new LocalServer((c, _) => LocalServer.WriteAsync(c, 401, "{}"));
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => OpenAsync(server.Url, "clientId=id,clientSecret=hunter2", OAuth(server)));
        failure.Message.ShouldBe("The token endpoint answered with status 401.");
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Check_Server_AnswersBelow500()
    {
        int status = 404;
        await using var server = new LocalServer((c, _) =>
        {
            c.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        IResource resource = await OpenAsync(server.Url, "", new JsonObject { ["maxRetries"] = 0 });
        await resource.CheckAsync(Limit);
        status = 403;
        await Should.ThrowAsync<NodeFailureException>(() => resource.CheckAsync(Limit));
    }

    [Fact]
    public void Validate_EveryFault_IsReportedAtOnce() =>
        new HttpDriver().Validate(Connection(new JsonObject { ["baseUrl"] = "ftp://x", ["tokenUrl"] = "http://a", ["extra"] = 1 }))
            .Select(p => $"{p.Code} {p.Path}").ShouldBe(
            [
                "INVALID_VALUE connections.api.config.baseUrl",
                "INVALID_VALUE connections.api.config.tokenUrl",
                "UNKNOWN_FIELD connections.api.config.extra",
            ]);

    private static JsonObject OAuth(LocalServer server) => new()
    {
        ["authorization"] = "OAuth2",
        ["tokenUrl"] = $"{server.Url}/token",
        ["revocationUrl"] = $"{server.Url}/revoke",
        ["scope"] = "read",
    };

    private static Task<JsonElement> RequestAsync(IResource resource, string request) =>
        resource.CallAsync("request", JsonDocument.Parse(request).RootElement, Limit);

    private static Task<IResource> OpenAsync(string baseUrl, string secret = "", JsonObject? config = null)
    {
        JsonObject settings = config ?? [];
        settings["baseUrl"] = baseUrl;
        var credentials = new Credentials(secret.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1])));
        return new HttpDriver().OpenAsync(new OpenRequest(Connection(settings), credentials, Tag, null, TimeProvider.System), Limit);
    }

    private static ConnectionDefinition Connection(JsonObject config) => new()
    {
        Name = "api",
        Type = "http",
        TenantId = "local",
        Config = JsonSerializer.SerializeToElement(config),
    };
}
