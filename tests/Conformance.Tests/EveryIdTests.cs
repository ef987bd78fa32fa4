using System.Reflection;
using Bulkhead.Conformance.Tests.Norp;

namespace Bulkhead.Conformance.Tests;

/// <summary>
/// The ids that the seeds ask to be shown for isolation, contexts and the one engine: each has a test whose display name begins with it, and a twin
/// that breaks what the test is about.
/// </summary>
public sealed class EveryIdTests
{
    private static readonly string[] Ids =
    [
        .. Numbered("NORP-001-T", 6), .. Numbered("NORP-002-T", 5), .. Numbered("NORP-004-T", 6), .. Numbered("NORP-005-T", 6),
        .. Numbered("NORP-006-T", 7), .. Numbered("NORP-006-R", 7), .. Numbered("UEC-", 15, "00"), .. Numbered("SSOT-", 8),
    ];

    [Fact]
    public void Ids_OfTheSeeds_HaveATestAndATwin()
    {
        Ids.Length.ShouldBe(60);
        Missing(Names()).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_OfTheSuite_AreTheIds() =>
        ConformanceSuite.Rows.Select(r => r.Id).Order().ShouldBe(Ids.Where(id => id.StartsWith("NORP", StringComparison.Ordinal)).Order());

    [Fact]
    public void Missing_AnyOneTaken_IsNamed()
    {
        var names = Names().ToList();
        foreach (var id in Ids)
        {
            Missing(names.Where(n => !IsTest(n, id))).ShouldBe([$"{id}: no test"]);
            Missing(names.Where(n => !IsTwin(n, id))).ShouldBe([$"{id}: no twin that fails"]);
        }
    }

    private static IEnumerable<string> Missing(IEnumerable<string> names)
    {
        var all = names.ToList();
        return Ids.Where(id => !all.Exists(n => IsTest(n, id))).Select(id => $"{id}: no test")
            .Concat(Ids.Where(id => !all.Exists(n => IsTwin(n, id))).Select(id => $"{id}: no twin that fails"));
    }

    private static bool IsTest(string name, string id) => name.StartsWith($"{id} ", StringComparison.Ordinal) && !IsTwin(name, id);

    private static bool IsTwin(string name, string id) => name.StartsWith($"{id} fails", StringComparison.Ordinal);

    /// <summary>Of all tests here; a row of the suite has its twin in <see cref="SabotageTests"/>.</summary>
    private static IEnumerable<string> Names() => typeof(EveryIdTests).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        .Select(m => m.GetCustomAttribute<FactAttribute>()).Where(f => f is { Skip: null }).Select(f => f!.DisplayName).OfType<string>()
        .Concat(((IEnumerable<object[]>)SabotageTests.Ids).Select(row => $"{row[0]} fails under its sabotage"));

    private static IEnumerable<string> Numbered(string prefix, int count, string format = "0") =>
        Enumerable.Range(1, count).Select(n => prefix + n.ToString(format));
}
