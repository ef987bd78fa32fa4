using System.Collections.Concurrent;
using System.Text.Json;
using Bulkhead.Engine.Actions;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>Takes the place of a built-in action, keeps what it sees, and does what the test says.</summary>
internal sealed class ProbeAction(string replaces, Func<ActionCall, CancellationToken, ValueTask<JsonElement?>> work) : IAction
{
    private readonly ConcurrentBag<object> _registries = [];
    private int _calls;

    public ActionSignature Signature { get; } = ActionRegistry.BuiltIn.Find(replaces)!.Signature;

    public bool IsQuiet => true;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The registries that calls came through.</summary>
    public IReadOnlyCollection<object> Registries => [.. _registries.Distinct(ReferenceEqualityComparer.Instance)];

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        _registries.Add(call.Run.Actions);
        return work(call, cancellationToken);
    }
}
