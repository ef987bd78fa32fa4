using Bulkhead.Engine.Nodes;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>A wall-time limit and whose it is.</summary>
/// <param name="Clock">Counts from the first instruction; inside its outer limit.</param>
/// <param name="Owner">As messages name it: <c>Branch 'a'</c>, <c>Node 'load'</c>.</param>
internal sealed record Deadline(LuaDeadline Clock, string Owner)
{
    public bool HasPassed => Clock.HasPassed;

    /// <summary>The failure of work that outlived it.</summary>
    public NodeFailure Failure => new(NodeFailure.TimeoutError, $"{Owner} exceeded its time-out of {Clock.Limit.TotalSeconds:0.###} s.");

    /// <summary>A limit inside <paramref name="outer"/>.</summary>
    public static Deadline Of(TimeSpan limit, string owner, Deadline? outer = null) => new(new LuaDeadline(limit, outer?.Clock), owner);
}
