namespace Bulkhead.Lua;

/// <summary>A host call failed for a reason that the script may know. Only the message reaches it: no secret, path or address belongs there.</summary>
public class LuaHostException : Exception
{
    public LuaHostException()
    {
    }

    public LuaHostException(string message)
        : base(message)
    {
    }

    public LuaHostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
