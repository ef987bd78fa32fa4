using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bulkhead.Otlp;
using Bulkhead.Testing.Otlp;

namespace Bulkhead.Telemetry.Tests;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Export_Disposed_HasSentSpansAndMetricsOfItsSourceAlone()
    {
        await using var collector = OtlpReceiver.Start();
        using var source = new ActivitySource("ours");
        using var other = new ActivitySource("theirs");
        using var meter = new Meter("our-meter");
        using (OtlpExport.Start(collector.Address, "program", "ours", "our-meter"))
        {
            meter.CreateCounter<long>("things").Add(3);
            using var outer = source.StartActivity("outer")!.SetTag("who", "alice").SetTag("count", 7);
            using var inner = source.StartActivity("inner")!.SetStatus(ActivityStatusCode.Error);
            other.StartActivity("unheard").ShouldBeNull();
        }

        var spans = collector.Spans.ToDictionary(s => s.Name, StringComparer.Ordinal);
        spans.Keys.Order().ShouldBe(["inner", "outer"]);
        spans["inner"].ParentId.ShouldBe(spans["outer"].SpanId);
        spans["inner"].TraceId.ShouldBe(spans["outer"].TraceId);
        (spans["inner"].IsError, spans["outer"].IsError).ShouldBe((true, false));
        (spans["outer"].Service, spans["outer"].Tags["who"], spans["outer"].Tags["count"]).ShouldBe(("program", "alice", "7"));
        collector.Metrics.ShouldBe(new Dictionary<string, string> { ["things"] = "program" });
    }

    [Fact]
    public void Export_ToNobody_LosesWhatItHasAndFailsNothing()
    {
        using var source = new ActivitySource("lonely");
        using var export = OtlpExport.Start(new Uri("http://127.0.0.1:9"), "program", "lonely");

        source.StartActivity("lost")!.Dispose();

        Should.NotThrow(export.Dispose);
    }
}
