using Bulkhead.Server.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bulkhead.Server.Tests.Access;

/// <summary>What keeps a server from starting.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly ServeFolder _folder = new();

    public OpeningTests() => _folder.AddToken("alice");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "INVALID_ADDRESS")]
    [InlineData("host.example:80", "INVALID_ADDRESS")]
    [InlineData("127.0.0.1:99999", "INVALID_ADDRESS")]
    [InlineData("0.0.0.0:0", "TLS_REQUIRED")]
    [InlineData("[::]:0", "TLS_REQUIRED")]
    [InlineData("192.0.2.1:80", "TLS_REQUIRED")]
    public void Open_Address_IsRefused(string listen, string code) => Faults(o => o with { Listen = listen }).ShouldBe([code]);

    [Theory]
    [InlineData("localhost:0")]
    [InlineData("[::1]:0")]
    [InlineData("127.0.0.2:0")]
    public void Open_Loopback_NeedsNoTls(string listen) => Faults(o => o with { Listen = listen }).ShouldBeEmpty();

    [Fact]
    public void Open_InsecureSaid_ServesPlainHttpAnywhere() => Faults(o => o with { Listen = "0.0.0.0:0", Insecure = true }).ShouldBeEmpty();

    [Fact]
    public void Open_EverythingWrong_HasEveryFault() => Faults(o => o with
    {
        Listen = "nowhere",
        Tokens = "/nonexistent/tokens",
        Connections = "/nonexistent/connections",
        Workers = 0,
        Origins = ["example.com", "https://example.com/path"],
    }).ShouldBe(["INVALID_ADDRESS", "INVALID_LIMIT", "INVALID_ORIGIN", "INVALID_ORIGIN", "FILE_UNREADABLE", "FILE_UNREADABLE"]);

    [Fact]
    public void Open_DataOfARunningServer_IsRefused()
    {
        Directory.CreateDirectory(_folder.Data);
        using var held = new FileStream(Path.Combine(_folder.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Faults(o => o with { Data = _folder.Data }).ShouldBe(["FILE_UNREADABLE"]);
    }

    private IReadOnlyList<string> Faults(Func<ServeOptions, ServeOptions> change)
    {
        var options = change(new ServeOptions { Listen = "127.0.0.1:0", Tokens = _folder.Tokens, Variable = _ => null });
        var (host, problems) = new ServerOpening(options, new ServerSettings(), NullLoggerFactory.Instance).Open();
        host?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return [.. problems.Select(p => p.Code)];
    }
}
