using Bulkhead.Architecture.Tests.Scans;

namespace Bulkhead.Architecture.Tests;

public class ScanTests
{
    private static readonly Scan[] All = [.. EngineScans.All, .. StaticStateScans.All, .. ShapeScans.All, .. TextScans.All];

    public static TheoryData<string> Rules => new(All.Select(scan => scan.ToString()));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Repository_UnderRule_HasNoFault(string rule) => Find(rule).FaultsIn(Repository.Files).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Rules))]
    public void Sabotage_UnderRule_IsCaught(string rule)
    {
        var scan = Find(rule);
        scan.Sabotage.ShouldNotBeEmpty();
        foreach (var file in scan.Sabotage) scan.FaultsIn([file]).ShouldHaveSingleItem($"must be caught: {file.Path}: {file.Text}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Innocent_UnderRule_Passes(string rule)
    {
        var scan = Find(rule);
        foreach (var file in scan.Innocent) scan.FaultsIn([file]).ShouldBeEmpty(file.Text);
    }

    [Theory(DisplayName = "SSOT-1 one engine type, no deprecated twin, no static mutable state, no merge markers")]
    [Trait("Seed", "SSOT-1")]
    [MemberData(nameof(RulesOf), "SSOT-1")]
    public void SingleEngine_InTheSource_Holds(string rule) => Find(rule).FaultsIn(Repository.Files).ShouldBeEmpty();

    [Theory(DisplayName = "SSOT-3 all creation goes through the factory")]
    [Trait("Seed", "SSOT-3")]
    [MemberData(nameof(RulesOf), "SSOT-3")]
    public void Creation_InTheSource_GoesThroughTheFactory(string rule) => Find(rule).FaultsIn(Repository.Files).ShouldBeEmpty();

    [Fact]
    public void Files_OfTheRepository_AreRead()
    {
        Repository.Files.Select(file => file.Path).ShouldContain("src/Engine/Bulkhead.Engine.csproj");
        Repository.Files.Count(file => file.IsCSharp && file.IsUnder("src")).ShouldBeGreaterThan(30);
    }

    public static TheoryData<string> RulesOf(string row) => new(All.Where(scan => scan.Row == row).Select(scan => scan.ToString()));

    private static Scan Find(string rule) => All.Single(scan => scan.ToString() == rule);
}
