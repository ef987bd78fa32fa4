using Bulkhead.Api.Contract;
using Bulkhead.Engine.Nodes;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Actions.Web;

public sealed class HttpActionTests
{
    private const string HttpError = nameof(HttpError);

    [Fact]
    public async Task Get_OverAConnection_CarriesItsCredentialsAndTheOwnerTag()
    {
        await using var server = Server();
        var ran = await RunAsync(server, """{name: ask, uses: http.get, with: {connection: api, path: "/v1/{{ state.what }}", query: {q: "a b"}}, output: answer}""", """{"what": "items"}""");
        ran.Succeeded()["answer"].GetProperty("body").GetProperty("path").GetString().ShouldBe("/v1/items?q=a%20b");
        ran["answer"].GetProperty("status").GetInt32().ShouldBe(200);
        server.Asked.ShouldHaveSingleItem().ShouldBe("GET /v1/items?q=a%20b | Bearer s3cr3t | ");
        server.Owners.ShouldHaveSingleItem().ShouldBe(ran.Job.OwnerTag.ToString());
        System.Text.Json.JsonSerializer.Serialize(new { ran.Result, ran.Events }).ShouldNotContain("s3cr3t");
    }

    [Theory]
    [InlineData("http.post", "json: {a: 1}", "POST /x | Bearer s3cr3t | {\"a\":1}")]
    [InlineData("http.put", "body: text", "PUT /x | Bearer s3cr3t | text")]
    [InlineData("http.delete", "", "DELETE /x | Bearer s3cr3t | ")]
    [InlineData("http.post", "form: {a: \"1 2\", b: x}", "POST /x | Bearer s3cr3t | a=1%202&b=x")]
    public async Task Methods_SendTheirBody(string uses, string body, string asked)
    {
        await using var server = Server();
        (await RunAsync(server, $$"""{name: ask, uses: {{uses}}, with: {connection: api, path: /x, {{body}} } }""")).Succeeded();
        server.Asked.ShouldHaveSingleItem().ShouldBe(asked);
    }

    [Fact]
    public async Task HttpNode_SendsARequestWithTemplates()
    {
        await using var server = Server();
        var ran = await RunAsync(server, """{name: ask, type: http, connection: api, method: POST, path: /n, json: {who: "{{ state.who }}"}}""", """{"who": "Ann"}""");
        ran.Succeeded()["ok"].GetBoolean().ShouldBeTrue();
        server.Asked.ShouldHaveSingleItem().ShouldEndWith("""{"who":"Ann"}""");
    }

    [Fact]
    public async Task Script_CallsWithATable()
    {
        await using var server = Server();
        var ran = await RunAsync(server, """{name: ask, run: "return {path = http.get{connection = 'api', path = '/lua'}.body.path}"}""");
        ran.Succeeded()["path"].GetString().ShouldBe("/lua");
    }

    [Fact]
    public async Task Status_OfAnError_FailsUnlessAllowed()
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, 404, "{}"));
        (await RunAsync(server, "{name: ask, uses: http.get, with: {connection: api, path: /gone}}")).Failed("GET /gone: status 404.", HttpError);
        var allowed = await RunAsync(server, "{name: ask, uses: http.get, with: {connection: api, path: /gone, fail_on_status: false}}");
        allowed.Succeeded()["status"].GetInt32().ShouldBe(404);
    }

    [Fact]
    public async Task Post_AnswersPassingFault_IsRepeatedByTheNodesPolicyOnly()
    {
        var calls = 0;
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, Interlocked.Increment(ref calls) < 3 ? 503 : 200, "{}"));
        var ran = await RunAsync(server, "{name: ask, uses: http.post, retry: {max_retries: 5, base_delay_ms: 1}, with: {connection: api, path: /x}}");
        ran.Succeeded().Node("ask").RetryCount.ShouldBe(2);
    }

    [Fact]
    public async Task Node_TimesOut_CancelsTheRequest()
    {
        await using var server = new LocalServer((_, _) => Task.Delay(Timeout.Infinite));
        var ran = await RunAsync(server, "{name: ask, uses: http.get, timeout: 200ms, with: {connection: api, path: /slow}}");
        ran.Failed("Node 'ask' exceeded its time-out of 0.2 s.", NodeFailure.TimeoutError);
    }

    [Fact]
    public async Task PlainUrl_NotAllowed_IsRefusedWithoutARequest()
    {
        await using var server = Server();
        (await PlainAsync(PlainHttp.None, server.Url)).Failed("Plain URLs are not allowed here", NodeFailure.ActionError);
        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task PlainUrl_AnyAllowed_ReachesLoopbackWithoutCredentialsOrTag()
    {
        await using var server = Server();
        (await PlainAsync(PlainHttp.Any, $"{server.Url}/x?u=http://y")).Succeeded();
        server.Asked.ShouldHaveSingleItem().ShouldBe("GET /x?u=http://y |  | ");
        server.Owners.ShouldHaveSingleItem().ShouldBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1", "an address")]
    [InlineData("localhost", "a name that resolves to loopback")]
    [InlineData("[::ffff:127.0.0.1]", "a mapped address")]
    [InlineData("2130706433", "an address as one number")]
    [InlineData("0x7f.1", "an address in hexadecimal")]
    public async Task PlainUrl_PublicOnly_RefusesLoopbackInAnyForm(string host, string because)
    {
        await using var server = Server();
        var ran = await PlainAsync(PlainHttp.Public, $"http://{host}:{new Uri(server.Url).Port}/x");
        ran.Failed("is not public; only public addresses may be reached by URL.", HttpError);
        server.Asked.ShouldBeEmpty(because);
    }

    [Fact]
    public async Task PlainUrl_Redirected_IsFollowedToAnotherOrigin()
    {
        await using var target = Server();
        await using var first = new LocalServer((context, _) =>
        {
            context.Response.Redirect($"{target.Url}/there");
            return Task.CompletedTask;
        });
        (await PlainAsync(PlainHttp.Any, first.Url)).Succeeded()["body"].GetProperty("path").GetString().ShouldBe("/there");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("http://user:word@example.org/")]
    public async Task PlainUrl_OfAnotherKind_IsRefused(string url) =>
        (await PlainAsync(PlainHttp.Any, url)).Failed("A URL must be absolute", NodeFailure.ActionError);

    private static LocalServer Server() => new((context, _) => LocalServer.WriteAsync(context, 200, $$"""{"path": "{{context.Request.RawUrl}}"}"""));

    private static Task<Ran> PlainAsync(PlainHttp allowed, string url) => new LocalRun { Change = job => job with { PlainHttp = allowed } }
        .RunAsync($$"""{name: plain, nodes: [{name: ask, uses: http.get, with: {url: "{{url}}"} }]}""");

    private static Task<Ran> RunAsync(LocalServer server, string node, string inputs = "{}") =>
        WebRuns.Over(server.Url, inputs).RunAsync($"{{name: web, nodes: [{node}]}}");
}
