using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli.Output;

/// <summary>Copies the worker's event lines to a file, or to standard output for <c>-</c>.</summary>
internal sealed class EventFile : IEventListener, IDisposable
{
    private readonly TextWriter _writer;
    private readonly bool _owned;

    private EventFile(TextWriter writer, bool owned) => (_writer, _owned) = (writer, owned);

    /// <summary>Why the events are not whole; null while they are.</summary>
    public string? Fault { get; private set; }

    /// <exception cref="IOException">The file cannot be made.</exception>
    public static EventFile Open(string path) =>
        path == "-" ? new EventFile(Console.Out, owned: false) : new EventFile(new StreamWriter(path), owned: true);

    public void Take(ExecutionEvent executionEvent, string line)
    {
        if (Fault is not null) return;
        try
        {
            _writer.WriteLine(line);
            _writer.Flush();
        }
        catch (IOException e)
        {
            Fault = e.Message; // A full disk must not stop the run that it only watches. Its result says it.
            Console.Error.WriteLine($"No more events are written: {e.Message}");
        }
    }

    public void Dispose()
    {
        if (_owned && Fault is null) _writer.Dispose();
    }
}
