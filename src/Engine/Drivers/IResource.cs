using System.Text.Json;

namespace Bulkhead.Engine.Drivers;

/// <summary>One live handle of an external system. Safe for concurrent use; users queue first in, first out.</summary>
public interface IResource
{
    /// <summary>What the system refused of our safeguards when it was opened, for people; without secrets.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Asks the system for a sign of life. Throws <see cref="NodeFailureException"/> when there is none.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs one operation of this type of system: <c>query {sql, parameters}</c>, <c>request {method, path, ...}</c>.
    /// </summary>
    /// <exception cref="NodeFailureException">The operation failed, or is not known.</exception>
    Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken);

    /// <summary>Closes every session, invalidates credentials where the connection says how, and reports what was proven. Idempotent.</summary>
    Task<ReleaseProof> ReleaseAsync(CancellationToken cancellationToken);
}
