using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bulkhead.Testing;

/// <summary>A real HTTP server on loopback that keeps what it was asked.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, string, Task> _answer;
    private readonly Task _serving;

    public LocalServer(Func<HttpListenerContext, string, Task> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary><c>METHOD path?query | authorization | body</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<string?> Owners { get; } = new();

    public static async Task WriteAsync(HttpListenerContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    /// <summary>A GetContextAsync that begins while the listener is aborted may never end: the loop is left behind then.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await Task.WhenAny(_serving, Task.Delay(TimeSpan.FromSeconds(5)));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        string body = await reader.ReadToEndAsync();
        Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl} | {context.Request.Headers["Authorization"]} | {body}");
        Owners.Enqueue(context.Request.Headers["X-Bulkhead-Owner"]);
        try
        {
            await _answer(context, body);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
