namespace Bulkhead.Server.Access;

/// <summary>What a token allows. Whatever the roles, it never reaches another user's runs.</summary>
internal static class Role
{
    /// <summary>Start, cancel, suspend and resume one's own runs, and look at them. The default.</summary>
    public const string Runner = "runner";

    /// <summary>Only look at one's own runs.</summary>
    public const string Viewer = "viewer";

    /// <summary>Read /metrics, and nothing else.</summary>
    public const string Metrics = "metrics";

    public static IReadOnlyList<string> All { get; } = [Runner, Viewer, Metrics];
}
