using System.Net;
using System.Text.Json;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Actions.Web;

public sealed class ChatTests
{
    private const string HttpError = nameof(HttpError);

    private const string Streamed = "{name: s, nodes: [{name: ask, type: llm_call, connection: api, prompt: Hi, stream: true}]}";

    private const string Whole = """
        {"model": "small-1", "choices": [{"message": {"role": "assistant", "content": "Hi Ann"}, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}
        """;

    [Fact]
    public async Task Node_WithAPrompt_AsksAndAccounts()
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, 200, Whole));
        var ran = await WebRuns.Over($"{server.Url}/v1", """{"who": "Ann"}""", """{"small": {"input": 2, "output": 10}}""").RunAsync("""
            name: chat
            nodes:
              - {name: ask, type: llm_call, connection: api, model: small, system: Be brief, prompt: "Greet {{ state.who }}", temperature: 0.5}
            """);
        ran.Succeeded()["content"].GetString().ShouldBe("Hi Ann");
        ran["usage"].GetRawText().ShouldBe("""{"input":12,"output":3,"total":15}""");
        ran["cost"].GetDouble().ShouldBe((12 * 2 + 3 * 10) / 1_000_000.0);
        var asked = server.Asked.ShouldHaveSingleItem().Split(" | ");
        asked[0].ShouldBe("POST /v1/chat/completions");
        JsonElement.DeepEquals(JsonElement.Parse(asked[2]), JsonElement.Parse("""
            {"model": "small", "temperature": 0.5, "messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Greet Ann"}]}
            """)).ShouldBeTrue(asked[2]);
        var finish = ran.Events.Single(e => e.Type == "finish").Fields!;
        (finish["llm_input"].GetInt64(), finish["llm_output"].GetInt64()).ShouldBe((12, 3));
    }

    [Fact]
    public async Task Action_InParallelBranches_AccountsAll()
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, 200, Whole));
        const string Ask = "return {text = llm.call{connection = 'api', prompt = {{role = 'user', content = 'Hi'}}, model = 'small'}.content}";
        var ran = await WebRuns.Over(server.Url).RunAsync(Documents.Fork(("a", Ask), ("b", Ask)));
        ran.Succeeded().ParallelResults.ShouldAllBe(r => r.GetProperty("state").GetProperty("text").GetString() == "Hi Ann");
        ran.Events.Single(e => e.Type == "finish").Fields!["llm_input"].GetInt64().ShouldBe(24);
    }

    [Fact]
    public async Task Stream_ArrivesInPieces_IsJoined()
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, 200, """
            data: {"model":"small-1","choices":[{"delta":{"role":"assistant"}}]}

            data: {"choices":[{"delta":{"content":"Hi "}}]}

            data: {"choices":[{"delta":{"content":"Ann"},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

            data: [DONE]

            """, "text/event-stream"));
        var ran = await WebRuns.Over(server.Url).RunAsync("{name: s, nodes: [{name: ask, type: llm_call, connection: api, prompt: Hi, stream: true}]}");
        ran.Succeeded().State.GetRawText().ShouldBe(
            """{"content":"Hi Ann","cost":null,"finish_reason":"stop","model":"small-1","usage":{"input":5,"output":2,"total":7}}""");
        server.Asked.Single().ShouldContain("include_usage");
    }

    [Theory]
    [InlineData(429, """{"error": {"message": "key sk-123 is over its limit", "code": "rate_limit_exceeded"}}""", "The model was not asked: status 429 (rate_limit_exceeded).", "refused")]
    [InlineData(500, "oops", "The model was not asked: status 500.", "not even JSON")]
    [InlineData(200, """{"choices": []}""", "The model's answer is no chat completion.", "no choice")]
    [InlineData(200, "hello", "The model's answer is no chat completion.", "text")]
    public async Task Answer_IsAnError_FailsWithoutRepeatingIt(int status, string body, string message, string because)
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, status, body));
        var ran = await WebRuns.Over(server.Url).RunAsync("{name: s, nodes: [{name: ask, type: llm_call, connection: api, prompt: Hi}]}");
        ran.Failed(message, HttpError);
        ran.Result.Message.ShouldNotBeNull().ShouldNotContain("sk-123", Case.Sensitive, because);
    }

    [Theory]
    [InlineData("data: [DONE]\n\n", null, "the last event is enough")]
    [InlineData("data: {\"error\":{\"code\":\"overloaded\"}}\n\n", "The model's stream ended with an error: overloaded.", "the model has failed")]
    public async Task Stream_ServerStaysOpen_EndsWithItsLastEvent(string last, string? error, string because)
    {
        var over = new TaskCompletionSource();
        await using var server = new LocalServer(async (context, _) =>
        {
            await PieceAsync(context, "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n");
            await PieceAsync(context, last);
            await over.Task;
        });
        var ran = await WebRuns.Over(server.Url).RunAsync(Streamed).WaitAsync(TimeSpan.FromSeconds(20));
        over.SetResult();
        if (error is null) ran.Succeeded()["content"].GetString().ShouldBe("Hi", because);
        else ran.Failed(error, HttpError);
    }

    [Fact]
    public async Task Stream_SplitAnywhere_IsReadTheSame()
    {
        var text = ": comment\r\nid: 1\r\ndata: {\"choices\":[{\"delta\":\r\ndata: {\"content\":\"gr\u00fcn \u20ac\"}}]}\r\n\r\ndata:[DONE]\r\r";
        await using var server = new LocalServer(async (context, _) =>
        {
            foreach (var one in System.Text.Encoding.UTF8.GetBytes(text)) await PieceAsync(context, [one]);
        });
        (await WebRuns.Over(server.Url).RunAsync(Streamed)).Succeeded()["content"].GetString().ShouldBe("gr\u00fcn \u20ac");
    }

    [Fact]
    public async Task Stream_SlowerThanTheTimeoutInAll_EndsWell()
    {
        await using var server = new LocalServer(async (context, _) =>
        {
            for (var i = 0; i < 6; i++)
            {
                await Task.Delay(700);
                await PieceAsync(context, "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n");
            }

            await PieceAsync(context, "data: [DONE]\n\n");
        });
        var run = WebRuns.Over(server.Url, timeout: "3s");
        (await run.RunAsync(Streamed)).Succeeded()["content"].GetString().ShouldBe("xxxxxx");
    }

    [Fact]
    public async Task Stream_Silent_EndsWithTheNodesTimeout()
    {
        var over = new TaskCompletionSource();
        await using var server = new LocalServer(async (context, _) =>
        {
            await PieceAsync(context, "data: {\"choices\":[]}\n\n");
            await over.Task;
        });
        var ran = await WebRuns.Over(server.Url).RunAsync("{name: s, nodes: [{name: ask, type: llm_call, connection: api, prompt: Hi, stream: true, timeout: 300ms}]}");
        over.SetResult();
        ran.Failed("Node 'ask'", "TimeoutError");
    }

    [Theory]
    [InlineData("data: ", "One event of the answer has more than 1048576 bytes.", "one event that never ends")]
    [InlineData("\n", "The answer has more than 16777216 bytes", "events without end")]
    public async Task Stream_WithoutEnd_IsRefusedAtItsBound(string begin, string message, string because)
    {
        await using var server = new LocalServer(async (context, _) =>
        {
            await PieceAsync(context, begin);
            var piece = new byte[64 * 1024];
            piece.AsSpan().Fill((byte)(begin == "\n" ? '\n' : 'x'));
            while (true) await PieceAsync(context, piece);
        });
        var ran = await WebRuns.Over(server.Url).RunAsync(Streamed);
        ran.Failed(message, HttpError);
        ran.Result.Message.ShouldNotBeNull(because);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n", "The model's stream broke off.")]
    [InlineData("data: {\"error\":{\"type\":\"overloaded\"}}\n\n", "The model's stream ended with an error: overloaded.")]
    [InlineData("data: {not json}\n\n", "The model's answer is no chat completion.")]
    public async Task Stream_IsBroken_Fails(string stream, string message)
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, 200, stream, "text/event-stream"));
        var ran = await WebRuns.Over(server.Url).RunAsync("{name: s, nodes: [{name: ask, type: llm_call, connection: api, prompt: Hi, stream: true}]}");
        ran.Failed(message, HttpError);
    }

    private static Task PieceAsync(HttpListenerContext context, string piece) => PieceAsync(context, System.Text.Encoding.UTF8.GetBytes(piece));

    private static async Task PieceAsync(HttpListenerContext context, byte[] piece)
    {
        if (!context.Response.SendChunked) (context.Response.SendChunked, context.Response.ContentType) = (true, "text/event-stream");
        await context.Response.OutputStream.WriteAsync(piece);
        await context.Response.OutputStream.FlushAsync();
    }
}
