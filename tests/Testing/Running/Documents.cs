using System.Text.Json;

namespace Bulkhead.Testing.Running;

/// <summary>Small state graphs made of Lua nodes.</summary>
public static class Documents
{
    /// <summary>Nodes one after the other.</summary>
    public static string Chain(params (string Name, string Lua)[] nodes) => JsonSerializer.Serialize(new
    {
        name = "chain",
        nodes = nodes.Select(n => new { name = n.Name, run = n.Lua }),
    });

    /// <summary>Branches of one node each, joined in a node <c>join</c> that changes nothing.</summary>
    public static string Fork(params (string Name, string Lua)[] branches) => Fork(new { }, "return {}", branches);

    /// <summary>The same with initial state and the fan-in's script.</summary>
    public static string Fork(object state, string join, params (string Name, string Lua)[] branches) => JsonSerializer.Serialize(new
    {
        name = "fork",
        initial_state = state,
        nodes = branches.Append(("join", join)).Select(n => new { name = n.Item1, run = n.Item2 }),
        edges = new[] { new { from = "__start__", to = branches.Select(b => b.Name), fan_in = "join" } },
    });
}
