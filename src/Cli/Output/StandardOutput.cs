using System.Runtime.InteropServices;

namespace Bulkhead.Cli.Output;

/// <summary>
/// Standard output that tells when it takes nothing more. .NET's own ignores a reader that has gone (EPIPE), and its FileStream writes at places of its own
/// in a file that others append to; this one is write(2) and nothing else.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;
    private const int Again = 11;
    private const int BrokenPipe = 32;
    private const short Writable = 4;

    private StandardOutput()
    {
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes it what Console.Out writes to. A terminal stays what it is.</summary>
    public static void Install()
    {
        if (Console.IsOutputRedirected) Console.SetOut(new StreamWriter(new StandardOutput(), Console.Out.Encoding) { AutoFlush = true });
    }

    /// <exception cref="OutputException">It takes nothing more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = write(Descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0) buffer = buffer[(int)written..];
            else Judge(Marshal.GetLastPInvokeError());
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void Judge(int error)
    {
        if (error == Interrupted) return;
        if (error != Again) throw new OutputException(Marshal.GetPInvokeErrorMessage(error), error == BrokenPipe);
        var full = new PollDescriptor { Descriptor = Descriptor, Events = Writable };
        _ = poll(ref full, 1, -1); // Somebody has made the pipe one that does not wait.
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, in byte buffer, nint count);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
