namespace Bulkhead.Cli.Cluster;

/// <summary>A read that a command can do without: what it would have shown is left out, and why is said.</summary>
internal static class BestEffort
{
    /// <param name="read">Null is never its answer.</param>
    /// <param name="limit">A node that does not answer must not take the rest with it.</param>
    /// <param name="server">Named where it does not answer.</param>
    /// <param name="ct">Ends the whole.</param>
    public static async Task<(T? Found, string? Fault)> TryAsync<T>(Func<CancellationToken, Task<T>> read, TimeSpan limit, Uri? server, CancellationToken ct)
        where T : class
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(limit);
        try
        {
            return (await read(bounded.Token), null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"no answer within {limit.TotalSeconds:0} s");
        }
        catch (Exception e) when (ClusterErrors.Explain(e, server) is { } fault)
        {
            return (null, fault.Message);
        }
    }
}
