using System.Text;

namespace Bulkhead.Server.Executions;

/// <summary>
/// An execution's events as NDJSON in a file: one writer, any number of readers, each at its own pace. A reader never holds the writer up.
/// Beyond <see cref="MaxBytes"/> events are counted and left out, but for those that tell of resources and of the end.
/// </summary>
internal sealed class EventLog(string path)
{
    public const long MaxBytes = 16 * 1024 * 1024;
    private const long Reserve = 1024 * 1024;
    private static readonly string[] AlwaysKept = ["resource", "finish", "interrupt", "worker_started"];
    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = New();
    private FileStream? _file;
    private long _length = File.Exists(path) ? new FileInfo(path).Length : 0;
    private long _dropped;
    private bool _ended;

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Append(string type, string line)
    {
        lock (_lock)
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            if (_length + bytes.Length > MaxBytes + (AlwaysKept.Contains(type) ? Reserve : 0) || !TryWrite(bytes)) Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>No more events of this attempt; the file is closed. Readers go on waiting unless the execution itself has ended.</summary>
    public void Close(bool ended)
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
            _ended = ended;
            Wake();
        }
    }

    /// <summary>Copies whole lines from the beginning; with <paramref name="follow"/> until the execution has ended.</summary>
    public async Task CopyAsync(Stream target, bool follow, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var (length, ended, grown) = Now();
            while (source.Position < length)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - source.Position)), cancellationToken);
                if (read == 0) return;
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await target.FlushAsync(cancellationToken);
            if (!follow || ended) return;
            await grown.WaitAsync(cancellationToken);
        }
    }

    private (long Length, bool Ended, Task Grown) Now()
    {
        lock (_lock) return (_length, _ended, _grown.Task);
    }

    /// <summary>A full disk ends the log, not the run.</summary>
    private bool TryWrite(byte[] bytes)
    {
        try
        {
            _file ??= new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            _file.Write(bytes);
        }
        catch (IOException)
        {
            return false;
        }

        _length += bytes.Length;
        Wake();
        return true;
    }

    private void Wake()
    {
        var grown = _grown;
        _grown = New();
        grown.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
