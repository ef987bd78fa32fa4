using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads <c>settings</c>.</summary>
internal static class SettingsReader
{
    public static WorkflowSettings Read(Fields? fields)
    {
        var defaults = new WorkflowSettings();
        if (fields is null) return defaults;
        var parallel = fields.Inner("parallel", "parallel");
        var settings = defaults with
        {
            MaxIterations = fields.Whole("max_iterations", 1, 10_000_000) ?? defaults.MaxIterations,
            AllowCycles = fields.Flag("allow_cycles") ?? defaults.AllowCycles,
            Budget = Budget(fields.Inner("budget", "budget")) ?? defaults.Budget,
            MaxWorkers = parallel?.Whole("max_workers", 1, 1024),
            Parallel = parallel is null ? defaults.Parallel : ParallelSettingsReader.Read(parallel, defaults.Parallel),
        };
        parallel?.Close();
        fields.Close();
        return settings;
    }

    private static Budget? Budget(Fields? fields)
    {
        if (fields is null) return null;
        var budget = new Budget
        {
            HostCalls = fields.Whole("host_calls", 0, int.MaxValue),
            Rows = fields.Whole("rows", 0, int.MaxValue),
            Bytes = (long?)fields.Number("bytes", 0, 1L << 50),
            Tokens = fields.Whole("tokens", 0, int.MaxValue),
            Cost = fields.Number("cost", 0, 1e12),
        };
        fields.Close();
        return budget;
    }
}
