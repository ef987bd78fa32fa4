using System.Diagnostics;
using Bulkhead.Api.Loading;

namespace Bulkhead.Api.Tests.Loading;

/// <summary>Documents of legal size whose graphs are made to be slow.</summary>
public sealed class HostileGraphTests
{
    public static TheoryData<string, string?> Graphs() => new()
    {
        { "one wide section", null },
        { "wide sections without fan-in", "FAN_IN_MISSING" },
        { "wide sections, all marked", "FAN_IN_IS_BRANCH" },
        { "chain of forks", null },
        { "many edges from one node", null },
        { "overlapping sections", "TOO_ENTANGLED" },
        { "dense dependencies", null },
        { "one great cycle", "CYCLE_DETECTED" },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Load_HostileGraph_EndsInBoundedTimeAndMemory(string kind, string? code)
    {
        var text = Make(kind);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var result = WorkflowLoader.Load(text);

        if (code is null) result.Problems.ShouldBeEmpty(kind);
        else result.Problems.Select(p => p.Code).ShouldContain(code, kind);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), kind);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2L << 30, kind);
    }

    private static string Make(string kind) => kind switch
    {
        "one wide section" => State(9_000, [$"{{\"from\":\"__start__\",\"to\":{Heads(0, 8_999)}}}"]),
        "wide sections without fan-in" => State(5_000, [.. Enumerable.Range(0, 12).Select(_ => $"{{\"from\":\"__start__\",\"when\":\"state.x\",\"to\":{Heads(0, 4_990, 2)}}}")]),
        "wide sections, all marked" => State(4_000, [.. Enumerable.Range(0, 12).Select(_ => $"{{\"from\":\"__start__\",\"to\":{Heads(0, 3_999)},\"fan_in\":\"n5\"}}")]),
        "chain of forks" => State(9_000, [.. Enumerable.Range(0, 2_900).Select(i => $"{{\"from\":\"n{i * 3}\",\"to\":[\"n{(i * 3) + 1}\",\"n{(i * 3) + 2}\"],\"fan_in\":\"n{(i * 3) + 3}\"}}")]),
        "many edges from one node" => State(100, [.. Enumerable.Range(0, 15_000).Select(i => $"{{\"from\":\"n0\",\"to\":\"n{i % 100}\",\"when\":\"state.x\"}}")]),
        "overlapping sections" => State(5_000, [.. Enumerable.Range(0, 8_000).Select(i => $"{{\"from\":\"n4999\",\"when\":\"state.x\",\"to\":[\"n{i % 100}\"],\"fan_in\":\"n4998\"}}")]),
        "dense dependencies" => Dependencies(200, i => Enumerable.Range(0, i)),
        "one great cycle" => Dependencies(10_000, i => [(i + 9_999) % 10_000]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string State(int nodes, string[] edges) =>
        $"{{\"nodes\":[{string.Join(',', Enumerable.Range(0, nodes).Select(i => $"{{\"name\":\"n{i}\",\"run\":\"x\"}}"))}],\"edges\":[{string.Join(',', edges)}]}}";

    private static string Heads(int from, int to, int step = 1) => $"[{string.Join(',', Enumerable.Range(0, (to - from) / step).Select(i => $"\"n{from + (i * step)}\""))}]";

    private static string Dependencies(int nodes, Func<int, IEnumerable<int>> of) =>
        $"{{\"nodes\":[{string.Join(',', Enumerable.Range(0, nodes).Select(i => $"{{\"id\":\"{i}\",\"type\":\"output\",\"config\":{{\"value\":1}},\"depends_on\":[{string.Join(',', of(i))}]}}"))}]}}";
}
