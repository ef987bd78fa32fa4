using Bulkhead.Lua;

namespace Bulkhead.Engine;

/// <summary>A node's failure on its way to becoming a <c>NodeFailure</c> value in the result. Its message holds no secret.</summary>
public sealed class NodeFailureException : LuaHostException
{
    public NodeFailureException(string errorType, string message, bool retryable = true, Exception? inner = null)
        : base(message, inner)
    {
        ErrorType = errorType;
        Retryable = retryable;
    }

    /// <summary>LuaError, TimeoutError, HttpError, SqlError, ActionError, COST_ERROR or Cancelled.</summary>
    public string ErrorType { get; }

    /// <summary>False where trying again cannot help or must not happen.</summary>
    public bool Retryable { get; }
}
