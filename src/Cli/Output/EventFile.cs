using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli.Output;

/// <summary>Copies the worker's event lines to a file, or to standard output for <c>-</c>.</summary>
internal sealed class EventFile : IEventListener, IDisposable
{
    private readonly TextWriter _writer;
    private bool _broken;
    private readonly bool _owned;

    private EventFile(TextWriter writer, bool owned) => (_writer, _owned) = (writer, owned);

    public static EventFile Open(string path) =>
        path == "-" ? new EventFile(Console.Out, owned: false) : new EventFile(new StreamWriter(path), owned: true);

    public void Take(ExecutionEvent executionEvent, string line)
    {
        if (_broken) return;
        try
        {
            _writer.WriteLine(line);
            _writer.Flush();
        }
        catch (IOException e)
        {
            _broken = true; // A full disk must not end the run that it only watches.
            Console.Error.WriteLine($"No more events are written: {e.Message}");
        }
    }

    public void Dispose()
    {
        if (_owned && !_broken) _writer.Dispose();
    }
}
