using Bulkhead.Api.Contract;
using Bulkhead.Cli.Running;

namespace Bulkhead.Cli.Output;

/// <summary>Copies the worker's event lines to a file, or to standard output for <c>-</c>.</summary>
internal sealed class EventFile : IEventListener, IDisposable
{
    private readonly TextWriter _writer;
    private readonly bool _owned;

    private EventFile(TextWriter writer, bool owned) => (_writer, _owned) = (writer, owned);

    public static EventFile Open(string path) =>
        path == "-" ? new EventFile(Console.Out, owned: false) : new EventFile(new StreamWriter(path), owned: true);

    public void Take(ExecutionEvent executionEvent, string line)
    {
        _writer.WriteLine(line);
        _writer.Flush();
    }

    public void Dispose()
    {
        if (_owned) _writer.Dispose();
    }
}
