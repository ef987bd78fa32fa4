using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>
/// One thing a node (<c>uses: NAME</c>) or a script (<c>NAME(...)</c>) can ask the host to do. Stateless: the same instance
/// serves all branches of all executions at once.
/// </summary>
internal interface IAction
{
    ActionSignature Signature { get; }

    /// <summary>Whether its calls make no tool events (logs, pure functions). Default false.</summary>
    bool IsQuiet => false;

    /// <returns>The value, or null for nothing.</returns>
    /// <exception cref="NodeFailureException">It failed, or its arguments are wrong.</exception>
    ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken);
}
