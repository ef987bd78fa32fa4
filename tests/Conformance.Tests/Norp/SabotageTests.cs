namespace Bulkhead.Conformance.Tests.Norp;

/// <summary>Every row fails when the thing that it is about is broken: none is empty.</summary>
public sealed class SabotageTests(ConformanceServer server) : RowTestBase(server)
{
    public static TheoryData<string> Ids => [.. ConformanceSuite.Rows.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Row_UnderItsSabotage_Fails(string id)
    {
        ConformanceRow row = Row(id);
        RowResult result = await ConformanceSuite.RunAsync(row, row.Sabotage(new RowWiring()), Server.Postgres, Limit);
        result.Passed.ShouldBeFalse(result.Note);
        result.Note.ShouldNotMatch("^[A-Z][A-Za-z]*Exception: ", "a claim fails, not the sabotage");
    }
}
