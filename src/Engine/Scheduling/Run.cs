using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Actions.Web;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What all branches of one execution share. Nothing in it can carry a script's value from one branch to another.</summary>
internal sealed record Run
{
    public required Workflow Workflow { get; init; }

    public required Job Job { get; init; }

    public required ResourcePool Resources { get; init; }

    public ActionRegistry Actions => Parts.Actions;

    /// <summary>How branches are run; made of this run.</summary>
    public Fork Fork => Parts.ForkOf(this);

    public required EngineParts Parts { get; init; }

    public required Journal Journal { get; init; }

    public required LuaWorkers Workers { get; init; }

    public required LuaMemoryBudget Memory { get; init; }

    public required Visits Visits { get; init; }

    public required Circuits Circuits { get; init; }

    /// <summary>Takes what scripts print.</summary>
    public required PrintLog PrintLog { get; init; }

    /// <summary>For plain URLs.</summary>
    public required PlainWeb Web { get; init; }

    public required Spending Spending { get; init; }

    public SoftStop SoftStop { get; init; } = new(CancellationToken.None);

    public Compiled Compiled { get; } = new();

    /// <summary>What the VMs of this execution offer.</summary>
    public LuaApi Api => field ??= ScriptApi.For(Workflow);

    /// <summary>The fields of <c>context</c> that are the same for every node.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Identity => field ??=
    [
        new("tenant_id", Json.Of(Job.TenantId)), new("user_id", Json.Of(Job.UserId)),
        new("execution_id", Json.Of(Job.ExecutionId)), new("attempt", Json.Of(Job.Attempt)),
    ];

    public required TimeProvider Clock { get; init; }

    /// <summary>Most bytes of one VM.</summary>
    public required long MemoryPerVm { get; init; }
}
