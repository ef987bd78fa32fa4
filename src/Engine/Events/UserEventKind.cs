namespace Bulkhead.Engine.Events;

/// <summary>The five kinds, in the order in which a run shows them.</summary>
public static class UserEventKind
{
    public const string AgentStarted = "agent_started";
    public const string AgentThinking = "agent_thinking";
    public const string ToolExecuting = "tool_executing";
    public const string ToolCompleted = "tool_completed";
    public const string AgentCompleted = "agent_completed";
}
