namespace Bulkhead.Engine.Scheduling;

/// <summary>What language models have cost one execution so far, over all its branches.</summary>
internal sealed class Spending
{
    private readonly Lock _lock = new();
    private long _input;
    private long _output;
    private double? _cost;

    /// <summary>Tokens in and out, and the cost where prices are configured.</summary>
    public (long Input, long Output, double? Cost) Total
    {
        get
        {
            lock (_lock) return (_input, _output, _cost);
        }
    }

    public void Add(long input, long output, double? cost)
    {
        lock (_lock)
        {
            _input += input;
            _output += output;
            if (cost is { } amount) _cost = (_cost ?? 0) + amount;
        }
    }
}
