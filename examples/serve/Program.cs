// A client of `bulkhead serve`: starts an execution, shows its events as they come, survives a broken connection, prints the result.
//   BULKHEAD_TOKEN=... dotnet run --project examples/serve http://127.0.0.1:8080 examples/hello.yaml
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;

if (args is not [var address, var file] || Environment.GetEnvironmentVariable("BULKHEAD_TOKEN") is not { } token)
{
    Console.Error.WriteLine("Usage: BULKHEAD_TOKEN=TOKEN client ADDRESS FILE");
    return 2;
}

var server = new Uri(address);
using var http = new HttpClient { BaseAddress = server };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

// Listen first, so that no event is missed; the events of other runs of mine are passed over.
var socket = await ConnectAsync(lastEvent: null);
using var answer = await http.PostAsync("v1/executions", new ByteArrayContent(await File.ReadAllBytesAsync(file)));
var execution = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
if (!answer.IsSuccessStatusCode)
{
    foreach (var fault in execution.TryGetProperty("faults", out var faults) ? faults.EnumerateArray() : [])
        Console.Error.WriteLine($"{fault.GetProperty("path")}: {fault.GetProperty("message")}");
    Console.Error.WriteLine($"{(int)answer.StatusCode} {execution.GetProperty("title")}");
    return 2;
}

var id = execution.GetProperty("id").GetString();
Console.WriteLine($"{id} {execution.GetProperty("phase")}");
string? lastSeen = null;
while (true)
{
    if (await NextAsync(socket) is not { } frame)
    {
        socket.Dispose();
        await Task.Delay(TimeSpan.FromSeconds(1));
        socket = await ConnectAsync(lastSeen);
        continue;
    }

    if (frame.TryGetProperty("id", out var eventId)) lastSeen = eventId.GetString();
    if (!frame.TryGetProperty("execution_id", out var of) || of.GetString() != id) continue;
    Console.WriteLine($"{frame.GetProperty("timestamp").GetDateTimeOffset():HH:mm:ss.fff} {frame.GetProperty("type")} {Detail(frame)}");
    if (frame.GetProperty("type").GetString() == "agent_completed") break;
}

socket.Dispose();
var ended = JsonElement.Parse(await http.GetStringAsync($"v1/executions/{id}"));
Console.WriteLine($"{ended.GetProperty("phase")} {(ended.TryGetProperty("result", out var result) && result.TryGetProperty("state", out var state) ? state : default)}");
return ended.GetProperty("phase").GetString() == "Succeeded" ? 0 : 1;

async Task<ClientWebSocket> ConnectAsync(string? lastEvent)
{
    while (true)
    {
        var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var uri = new UriBuilder(server)
        {
            Scheme = server.Scheme == "https" ? "wss" : "ws",
            Path = "/v1/events",
            Query = lastEvent is null ? "" : $"last_event_id={lastEvent}",
        };
        try
        {
            await client.ConnectAsync(uri.Uri, CancellationToken.None);
            await NextAsync(client); // hello
            return client;
        }
        catch (WebSocketException) when (lastEvent is not null)
        {
            client.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}

// One frame; null when the connection is gone.
static async Task<JsonElement?> NextAsync(ClientWebSocket socket)
{
    using var message = new MemoryStream();
    var buffer = new byte[16 * 1024];
    try
    {
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return JsonElement.Parse(message.ToArray());
        }
    }
    catch (WebSocketException)
    {
        return null;
    }
}

static string Detail(JsonElement frame) =>
    frame.TryGetProperty("reasoning", out var reasoning) ? reasoning.ToString()
    : frame.TryGetProperty("tool_name", out var tool) ? tool.ToString()
    : frame.TryGetProperty("status", out var status) ? status.ToString()
    : frame.GetProperty("agent_name").ToString();
