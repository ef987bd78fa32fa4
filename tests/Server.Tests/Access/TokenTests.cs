using System.Net;
using System.Net.WebSockets;
using Bulkhead.Server.Http;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Access;

/// <summary>Tokens that come, go and are not enough.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task Tokens_FileChanges_NewOnesCountAndOldOnesEndWithTheirStreams()
    {
        using var folder = new ServeFolder();
        var (alice, bob) = (folder.AddToken("alice"), folder.AddToken("bob"));
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(alice);
        using var others = server.Client(bob);
        using var socket = await client.ListenAsync();
        using var bobs = await others.ListenAsync();

        folder.RemoveToken(alice);
        (await socket.ReadToTheEndAsync()).ShouldBe(WebSocketCloseStatus.EndpointUnavailable, "the token's streams end with it");
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        using var carols = server.Client(folder.AddToken("carol"));
        await Eventually.IsTrueAsync(() => carols.GetAsync("v1/me").GetAwaiter().GetResult().Status == HttpStatusCode.OK, "a new token counts");
        (await others.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.OK, "who stayed is not disturbed");
    }

    [Theory]
    [InlineData("- {user: alice, sha256: short}\n", "a hash of another length")]
    [InlineData("- {user: alice", "text that ends too early")]
    public async Task Tokens_FileBecomesFaulty_NothingChanges(string text, string because)
    {
        using var folder = new ServeFolder();
        var alice = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(alice);

        folder.WriteTokens(text);
        using var carols = server.Client(folder.AddToken("carol"));
        await Eventually.IsTrueAsync(() => carols.GetAsync("v1/me").GetAwaiter().GetResult().Status == HttpStatusCode.OK, "the next good file is read");
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.OK, because);
    }

    [Theory]
    [InlineData("runner", "v1/me", HttpStatusCode.OK)]
    [InlineData("runner", "metrics", HttpStatusCode.Forbidden)]
    [InlineData("viewer", "v1/executions", HttpStatusCode.OK)]
    [InlineData("viewer", "metrics", HttpStatusCode.Forbidden)]
    [InlineData("metrics", "metrics", HttpStatusCode.OK)]
    [InlineData("metrics", "v1/executions", HttpStatusCode.Forbidden)]
    public async Task Role_OfAToken_DecidesWhatItMay(string role, string path, HttpStatusCode expected)
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice", "local", role);
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);

        (await client.GetAsync(path)).Status.ShouldBe(expected);
        var submitted = (await client.PostAsync("v1/executions", "name: x\nnodes: []\n")).Status;
        submitted.ShouldBe(role == "runner" ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Guessing_ManyTokens_IsSlowedDownAndHoldsNobodyElseUp()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder, settings => settings with { Rates = new RateLimits(50, 1) });
        using var stranger = new ApiClient(server.Host.Address, "bht_guess");
        using var client = server.Client(token);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++) answers.Add((await stranger.GetAsync("v1/me")).Status);

        answers.Take(4).ShouldAllBe(s => s == HttpStatusCode.Unauthorized);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        using var answer = await stranger.Http.GetAsync("v1/me");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await client.GetAsync("v1/me")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
