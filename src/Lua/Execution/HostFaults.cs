namespace Bulkhead.Lua.Execution;

/// <summary>The latest failures of host calls in one run, to tell which of them an uncaught error still is.</summary>
internal sealed class HostFaults
{
    internal const string Internal = "internal error";
    private const int Kept = 16;
    private readonly Queue<(string Message, Exception Exception)> _faults = new();

    /// <summary>Remembers the exception and says what the script is told.</summary>
    internal string Add(Exception exception)
    {
        var message = exception is LuaHostException ? exception.Message : Internal;
        if (_faults.Count == Kept)
            _faults.Dequeue();
        _faults.Enqueue((message, exception));
        return message;
    }

    /// <summary>The latest exception with this message, or null.</summary>
    internal Exception? Find(string error) => _faults.LastOrDefault(fault => fault.Message == error).Exception;
}
