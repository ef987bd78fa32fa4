using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Tests.Resources;

/// <summary>A driver as bad as can be: opens only when told, and its release hangs, throws or succeeds as the connection's id says.</summary>
internal sealed class HangingDriver(TaskCompletionSource? opening = null) : IConnectionDriver
{
    private int _open;

    public string Type => "hanging";

    public string Category => "hanging";

    public int Open => _open;

    public List<string> ReleaseOrder { get; } = [];

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection) => [];

    public async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        await (opening?.Task ?? Task.CompletedTask);
        Interlocked.Increment(ref _open);
        return new Resource(this, request.Connection.Name);
    }

    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ReleaseProof(true));

    private sealed class Resource(HangingDriver driver, string name) : IResource
    {
        public IReadOnlyList<string> Warnings => [];

        public string ProofScope => name;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task CloseAsync(bool last, CancellationToken cancellationToken)
        {
            lock (driver.ReleaseOrder)
            {
                driver.ReleaseOrder.Add(name);
            }

            if (name.StartsWith("hangs", StringComparison.Ordinal))
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }

            if (name.StartsWith("throws", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("secret detail");
            }

            Interlocked.Decrement(ref driver._open);
        }

        public Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken) => Task.FromResult(new ReleaseProof(true));
    }
}
