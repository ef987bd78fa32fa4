using System.Text.Json;

namespace Bulkhead.Engine.Drivers;

/// <summary>
/// One live handle of an external system. Safe for concurrent use; users queue first in, first out. Its end has two steps, so that
/// many resources of one server are closed side by side and then proven closed by one look: <see cref="CloseAsync"/> each, then
/// <see cref="ProveAsync"/> once for each <see cref="ProofScope"/>.
/// </summary>
public interface IResource
{
    /// <summary>What the system refused of our safeguards when it was opened, for people; without secrets.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Resources of one execution with equal scopes share the proof: it holds for all of them or for none.</summary>
    string ProofScope { get; }

    /// <summary>Asks the system for a sign of life. Throws <see cref="NodeFailureException"/> when there is none.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs one operation of this type of system: <c>query {sql, parameters}</c>, <c>request {method, path, ...}</c>.
    /// </summary>
    /// <exception cref="NodeFailureException">The operation failed, or is not known.</exception>
    Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels what runs, closes every session and refuses further use. Idempotent; does not throw, what stays is the proof's matter.
    /// </summary>
    /// <param name="last">Every other resource of the scope is closed, so that this one's end may prove the end of all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task CloseAsync(bool last, CancellationToken cancellationToken);

    /// <summary>
    /// After every resource of the scope is closed: ends what is left on the system's side, invalidates credentials where the connection
    /// says how, and reports what was shown. Idempotent; does not throw.
    /// </summary>
    Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken);
}
