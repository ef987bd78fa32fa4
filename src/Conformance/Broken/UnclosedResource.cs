using System.Text.Json;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Works, but its end is a lie: nothing is closed, and the proof says that everything was.</summary>
internal sealed class UnclosedResource(IResource inner) : IResource
{
    public IReadOnlyList<string> Warnings => inner.Warnings;

    public string ProofScope => inner.ProofScope;

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken) =>
        inner.CallAsync(operation, arguments, cancellationToken);

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken) => Task.FromResult(new ReleaseProof(true));
}
