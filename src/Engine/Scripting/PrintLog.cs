using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Scripting;

/// <summary>What scripts print becomes events of type <c>log</c>. Each VM has a bound of its own; this is the bound of the whole execution.</summary>
internal sealed class PrintLog(Journal journal)
{
    public const int MostLines = 10_000;

    private int _lines;

    public void Write(Caller caller, string line)
    {
        var number = Interlocked.Increment(ref _lines);
        if (number > MostLines + 1) return;
        var message = number <= MostLines ? line : $"print: {MostLines} lines are the limit of an execution; nothing more is printed";
        journal.Emit("log", caller.Node, caller.Branch, ("level", Json.Of("info")), ("message", Json.Of(message)));
    }
}
