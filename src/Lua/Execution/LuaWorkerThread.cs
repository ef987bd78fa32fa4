namespace Bulkhead.Lua.Execution;

/// <summary>One thread of <see cref="LuaWorkers"/>. Its fields belong to the workers' lock.</summary>
internal sealed class LuaWorkerThread(LuaWorkers workers)
{
    /// <summary>The run that it executes now.</summary>
    internal LuaRun? Current { get; set; }

    /// <summary>It was abandoned; should it ever come back, it ends.</summary>
    internal bool IsLost { get; set; }

    internal void Work()
    {
        while (workers.Next(this) is { } run)
            run.Step();
    }
}
