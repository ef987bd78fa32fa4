using System.Diagnostics.Metrics;

namespace Bulkhead.Telemetry.Tests;

public sealed class PrometheusPageTests : IDisposable
{
    private readonly Meter _meter = new("Bulkhead.Test");
    private readonly PrometheusPage _page;

    public PrometheusPageTests() => _page = new PrometheusPage(meter => ReferenceEquals(meter, _meter));

    public void Dispose()
    {
        _page.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Write_CounterWithLabels_AddsUpEachLabelSet()
    {
        var counter = _meter.CreateCounter<long>("runs", unit: null, "Runs that ended.");
        counter.Add(2, new KeyValuePair<string, object?>("phase", "Failed"));
        counter.Add(1, new KeyValuePair<string, object?>("phase", "Succeeded"));
        counter.Add(3, new KeyValuePair<string, object?>("phase", "Failed"));

        _page.Write().ShouldBe("""
            # HELP bulkhead_runs_total Runs that ended.
            # TYPE bulkhead_runs_total counter
            bulkhead_runs_total{phase="Failed"} 5
            bulkhead_runs_total{phase="Succeeded"} 1

            """);
    }

    [Fact]
    public void Write_Histogram_CountsEachBucketCumulatively()
    {
        var histogram = _meter.CreateHistogram("wait", "s", "Time.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        histogram.Record(0.25);
        histogram.Record(1);
        histogram.Record(8);

        _page.Write().ShouldBe("""
            # HELP bulkhead_wait_seconds Time.
            # TYPE bulkhead_wait_seconds histogram
            bulkhead_wait_seconds_bucket{le="0.5"} 1
            bulkhead_wait_seconds_bucket{le="2"} 2
            bulkhead_wait_seconds_bucket{le="+Inf"} 3
            bulkhead_wait_seconds_sum 9.25
            bulkhead_wait_seconds_count 3

            """);
    }

    [Fact]
    public void Write_ObservedGauge_ShowsOnlyWhatIsThereNow()
    {
        string[] names = ["a", "b"];
        _meter.CreateObservableGauge("size", () => names.Select(n => new Measurement<int>(n.Length, new KeyValuePair<string, object?>("name", n))), "By");
        _page.Write().ShouldContain("bulkhead_size_bytes{name=\"a\"} 1");

        names = ["b"];

        _page.Write().ShouldBe("# TYPE bulkhead_size_bytes gauge\nbulkhead_size_bytes{name=\"b\"} 1\n");
    }

    [Fact]
    public void Write_TwoMetersWithOneName_AreOneMetric()
    {
        using var twin = new Meter("Bulkhead.Test");
        using var page = new PrometheusPage(meter => ReferenceEquals(meter, _meter) || ReferenceEquals(meter, twin));
        _meter.CreateObservableUpDownCounter("open", () => 2);
        twin.CreateObservableUpDownCounter("open", () => 5);

        page.Write().ShouldBe("# TYPE bulkhead_open gauge\nbulkhead_open 7\n");
    }

    [Fact]
    public void Write_HostileLabel_CannotBreakOutOfItsLine()
    {
        _meter.CreateCounter<int>("x").Add(1, new KeyValuePair<string, object?>("a.b", "q\"\n\\} 9"));

        _page.Write().ShouldContain("""bulkhead_x_total{a_b="q\"\n\\} 9"} 1""" + "\n");
    }

    [Fact]
    public void Record_MoreLabelSetsThanAllowed_AreLeftOut()
    {
        var counter = _meter.CreateCounter<int>("many");
        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        _page.Write().Split('\n').Count(line => line.StartsWith("bulkhead_many_total{", StringComparison.Ordinal)).ShouldBe(MetricFamily.MaxSeries);
    }

    [Theory]
    [InlineData("total_engines_created", true, null, "bulkhead_engines_created_total", "the design's names lead with the word")]
    [InlineData("bulkhead.queue.wait", false, "s", "bulkhead_queue_wait_seconds", "the prefix is there already")]
    [InlineData("wait_seconds", false, "s", "bulkhead_wait_seconds", "the unit is there already")]
    [InlineData("a.b-c", false, "{engine}", "bulkhead_a_b_c", "annotations are no units")]
    public void Name_OfAnInstrument_FollowsTheConventions(string instrument, bool counter, string? unit, string expected, string because)
    {
        if (counter) _meter.CreateCounter<int>(instrument, unit).Add(1);
        else _meter.CreateUpDownCounter<int>(instrument, unit).Add(1);

        _page.Write().ShouldContain($"{expected} 1\n", customMessage: because);
    }
}
