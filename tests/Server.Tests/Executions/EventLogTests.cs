using System.Text;
using Bulkhead.Server.Executions;

namespace Bulkhead.Server.Tests.Executions;

public sealed class EventLogTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ndjson");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task CopyAsync_Followed_GetsWhatComesLaterAndEndsWithTheRun()
    {
        var log = new EventLog(_path);
        log.Append("start", "one");
        using var copy = new MemoryStream();
        var copying = log.CopyAsync(copy, follow: true, CancellationToken.None);
        log.Append("finish", "two");
        log.Close(ended: false);
        copying.IsCompleted.ShouldBeFalse("a suspended run goes on");
        log.Append("start", "three");
        log.Close(ended: true);
        await copying;

        Encoding.UTF8.GetString(copy.ToArray()).ShouldBe("one\ntwo\nthree\n");
    }

    [Fact]
    public async Task CopyAsync_SlowReader_DoesNotHoldTheWriterUp()
    {
        var log = new EventLog(_path);
        log.Append("log", "one");
        using var stuck = new StuckStream();
        using var end = new CancellationTokenSource();
        var copying = log.CopyAsync(stuck, follow: true, end.Token);
        for (var i = 0; i < 1000; i++) log.Append("log", "more");
        log.Dropped.ShouldBe(0);

        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => copying);
    }

    [Fact]
    public void Append_BeyondTheBound_CountsButKeepsResourcesAndTheEnd()
    {
        var log = new EventLog(_path);
        var line = new string('x', 1024 * 1024 - 1);
        for (var i = 0; i < 16; i++) log.Append("log", line);
        log.Append("log", "one too many");
        log.Append("resource", "kept");
        log.Append("finish", "kept");
        log.Close(ended: true);

        log.Dropped.ShouldBe(1);
        File.ReadLines(_path).TakeLast(2).ShouldBe(["kept", "kept"]);
    }

    private sealed class StuckStream : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
