namespace Bulkhead.Engine.Resources;

/// <summary>
/// The name of one resource: scoped by tenant and execution, so that no two executions can mean the same one. Source: NORP-006, NORP-002.
/// </summary>
/// <param name="TenantId">Owner.</param>
/// <param name="ExecutionId"><c>exec_&lt;uuid&gt;</c>.</param>
/// <param name="Type">The driver's category: <c>database</c>.</param>
/// <param name="Id">The connection's id, or its name.</param>
public readonly record struct ResourceKey(string TenantId, string ExecutionId, string Type, string Id)
{
    /// <summary>Inside its execution: <c>{type}:{id}</c>.</summary>
    public string Local => $"{Type}:{Id}";

    /// <summary>Everywhere else: <c>tenant:{t}:exec:{e}:{type}:{id}</c>.</summary>
    public override string ToString() => $"tenant:{TenantId}:exec:{ExecutionId}:{Local}";
}
