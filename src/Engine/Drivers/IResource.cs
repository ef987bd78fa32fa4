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
    /// The same for an answer that comes as a stream of events, each given to <paramref name="take"/> when it arrives. The returned answer
    /// has no body then; an answer that is no such stream is returned whole.
    /// </summary>
    /// <param name="operation">As for <see cref="CallAsync"/>.</param>
    /// <param name="arguments">As for <see cref="CallAsync"/>.</param>
    /// <param name="take">Gets the data of one event; false ends the reading. What it throws ends the operation.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <exception cref="NodeFailureException">The operation failed, is not known, or this type of system has no streams.</exception>
    Task<JsonElement> ListenAsync(string operation, JsonElement arguments, Func<string, bool> take, CancellationToken cancellationToken) =>
        throw new NodeFailureException("ActionError", "A connection of this type has no streams of events.", retryable: false);

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
