using System.Text.Json;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Opens a server session for each use, behind one handle.</summary>
internal sealed class UnpooledDriver(IConnectionDriver inner) : DriverAround(inner)
{
    public override async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken) =>
        new Resource(Inner, request, await Inner.OpenAsync(request, cancellationToken));

    private sealed class Resource(IConnectionDriver driver, OpenRequest request, IResource first) : IResource
    {
        public IReadOnlyList<string> Warnings => first.Warnings;

        public string ProofScope => first.ProofScope;

        public Task CheckAsync(CancellationToken cancellationToken) => UseAsync(r => r.CheckAsync(cancellationToken), cancellationToken);

        public async Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken)
        {
            JsonElement result = default;
            await UseAsync(async r => result = await r.CallAsync(operation, arguments, cancellationToken), cancellationToken);
            return result;
        }

        public Task CloseAsync(CancellationToken cancellationToken) => first.CloseAsync(cancellationToken);

        public Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken) => first.ProveAsync(cancellationToken);

        private async Task UseAsync(Func<IResource, Task> use, CancellationToken cancellationToken)
        {
            IResource own = await driver.OpenAsync(request, cancellationToken);
            await use(own);
            await own.CloseAsync(cancellationToken);
        }
    }
}
