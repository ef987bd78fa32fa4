using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>Around a run, with the real run inside.</summary>
internal delegate Task<ExecutionResult> Around(Job job, Func<Job, Task<ExecutionResult>> run);

/// <summary>The real host with one property taken away.</summary>
internal sealed class SabotagedHost(Around around, Action? onLease = null) : IExecutionHost
{
    private readonly IExecutionHost _real = Hosts.Local();

    /// <summary>What one run leaves in its state, the next one finds in its own, whoever it is.</summary>
    public static SabotagedHost SharedState()
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return new SabotagedHost(async (job, run) =>
        {
            Dictionary<string, JsonElement> inputs;
            lock (all)
            {
                inputs = new Dictionary<string, JsonElement>(all, StringComparer.Ordinal);
                foreach (var input in job.Inputs.EnumerateObject()) inputs[input.Name] = input.Value;
                foreach (var input in job.Inputs.EnumerateObject()) all[$"{job.UserId}_{input.Name}"] = input.Value;
            }

            return await run(job with { Inputs = JsonSerializer.SerializeToElement(inputs) });
        });
    }

    /// <summary>One run at a time, first come, first served.</summary>
    public static SabotagedHost OneAtATime()
    {
        var gate = new SemaphoreSlim(1);
        return new SabotagedHost(async (job, run) =>
        {
            await gate.WaitAsync();
            try
            {
                return await run(job);
            }
            finally
            {
                gate.Release();
            }
        });
    }

    /// <summary>Once one run has failed, all that end after it have.</summary>
    public static SabotagedHost SharedFate()
    {
        var failed = new TaskCompletionSource();
        return new SabotagedHost(async (job, run) =>
        {
            var result = await run(job);
            if (result.Phase == ExecutionPhase.Failed) failed.TrySetResult();
            await failed.Task.WaitAsync(TimeSpan.FromSeconds(10));
            return result with { Phase = ExecutionPhase.Failed };
        });
    }

    /// <summary>Every run takes this much longer.</summary>
    public static SabotagedHost Slow(TimeSpan delay) => new(async (job, run) =>
    {
        await Task.Delay(delay);
        return await run(job);
    });

    /// <summary>What was allocated for a lease is never given back.</summary>
    public static SabotagedHost Hoarding(int bytes)
    {
        var hoard = new List<byte[]>();
        return new SabotagedHost((job, run) => run(job), () =>
        {
            lock (hoard) hoard.Add(new byte[bytes]);
        });
    }

    public async Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken)
    {
        onLease?.Invoke();
        return new Lease(around, await _real.LeaseAsync(context, cancellationToken));
    }

    private sealed class Lease(Around around, IExecutionLease real) : IExecutionLease
    {
        public Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken) =>
            around(job, changed => real.RunAsync(workflow, changed, events, cancellationToken));

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
