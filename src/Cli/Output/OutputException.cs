namespace Bulkhead.Cli.Output;

/// <summary>Standard output takes nothing more.</summary>
internal sealed class OutputException(string message, bool isClosed) : IOException(message)
{
    /// <summary>Its reader has gone, as <c>head</c> does; else it is a fault, as of a full disk.</summary>
    public bool IsClosed { get; } = isClosed;
}
