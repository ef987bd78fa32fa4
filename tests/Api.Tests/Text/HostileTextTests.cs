using System.Diagnostics;
using System.Text;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Tests.Text;

/// <summary>Inputs made to exhaust the reader. Bounds are orders of magnitude: seconds and hundreds of megabytes would mean a hole.</summary>
public sealed class HostileTextTests
{
    private const int Room = InputBounds.DocumentBytes - 200;

    public static TheoryData<string, string> Hostile() => new()
    {
        { "ten megabytes", "DOCUMENT_TOO_LARGE" },
        { "billion laughs", "TOO_MANY_VALUES" },
        { "alias list", "ALIAS_EXPANSION" },
        { "deep json", "TOO_DEEP" },
        { "deep flow yaml", "TOO_DEEP" },
        { "deep block yaml", "TOO_DEEP" },
        { "deep dashes", "TOO_DEEP" },
        { "question marks", "INVALID_KEY" },
        { "100,000 nodes", "TOO_MANY_NODES" },
        { "100,000 yaml nodes", "DOCUMENT_TOO_LARGE" },
        { "many values", "TOO_MANY_VALUES" },
        { "many yaml values", "LIST_TOO_LONG" },
        { "one long string", "STRING_TOO_LONG" },
        { "many keys", "EMPTY_WORKFLOW" },
        { "many anchors", "WRONG_TYPE" },
        { "many documents", "TOO_MANY_DOCUMENTS" },
        { "long number", "EMPTY_WORKFLOW" },
        { "open braces", "INVALID_JSON" },
        { "colons", "INVALID_YAML" },
        { "quotes", "INVALID_YAML" },
        { "comments", "EMPTY_DOCUMENT" },
        { "long plain key", "STRING_TOO_LONG" },
        { "percent directives", "INVALID_YAML" },
        { "escapes", "WRONG_TYPE" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Load_HostileText_IsRefusedInBoundedTimeAndMemory(string kind, string code)
    {
        var text = Encoding.UTF8.GetBytes(Make(kind));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var result = WorkflowLoader.Load(text);

        result.Problems.ShouldNotBeEmpty(kind);
        result.Problems[0].Code.ShouldBe(code, $"{kind}: {result.Problems[0].Message}");
        result.Problems.Count.ShouldBeLessThanOrEqualTo(InputBounds.Problems + 1);
        foreach (var problem in result.Problems)
        {
            problem.Message.Length.ShouldBeLessThan(3_000, kind);
            problem.Message.Any(char.IsControl).ShouldBeFalse(kind);
            problem.Message.ShouldNotContain("Exception");
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), kind);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(600L << 20, kind);
    }

    private static string Make(string kind) => kind switch
    {
        "ten megabytes" => $"name: {new string('x', 10 << 20)}",
        "billion laughs" => Laughs(),
        "alias list" => $"a: &a '{new string('x', 1000)}'\nb: [{Repeat("*a,", 100_000)}]",
        "deep json" => $"{{\"a\":{new string('[', Room)}",
        "deep flow yaml" => $"a: {new string('[', Room)}",
        "deep block yaml" => string.Concat(Enumerable.Range(0, 1000).Select(i => $"{new string(' ', i)}a:\n")),
        "deep dashes" => Repeat("- ", Room / 2),
        "question marks" => Repeat("? ", Room / 2),
        "100,000 nodes" => $"{{\"nodes\":[{Repeat("{\"id\":1},", 99_999)}{{}}]}}",
        "100,000 yaml nodes" => "nodes:\n" + Repeat("- name: abc\n", 100_000),
        "many values" => $"{{\"a\":[{Repeat("[0,1],", 100_000)}0]}}",
        "many yaml values" => $"a: [{Repeat("1,", Room / 2)}]",
        "one long string" => $"{{\"name\":\"{new string('x', 300_000)}\"}}",
        "many keys" => "{\"nodes\":[]," + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"k{i}\":0")) + "}",
        "many anchors" => string.Concat(Enumerable.Range(0, 40_000).Select(i => $"- &a{i} b{i}\n")),
        "many documents" => Repeat("---\na\n", 5_000),
        "long number" => $"{{\"nodes\":[],\"n\":{new string('9', 200_000)}}}",
        "open braces" => new string('{', Room),
        "colons" => Repeat("a: ", Room / 3),
        "quotes" => $"a: {new string('"', Room)}",
        "comments" => Repeat("#\n", Room / 2),
        "long plain key" => $"{Repeat("a ", Room / 2)}: 1",
        "percent directives" => Repeat("%TAG ! tag:x,2000:\n", 20_000),
        "escapes" => $"\"{Repeat("\\x41", 200_000)}\"",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Laughs()
    {
        var text = new StringBuilder("a0: &a0 lol\n");
        for (var i = 1; i < 30; i++) text.Append($"a{i}: &a{i} [{Repeat($"*a{i - 1},", 10)}]\n");
        return text.ToString();
    }

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
}
