namespace Bulkhead.Conformance.Tests.Norp;

[Collection(ConformanceCollection.Name)]
public abstract class RowTestBase(ConformanceServer server)
{
    protected ConformanceServer Server { get; } = server;

    protected static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    protected static ConformanceRow Row(string id) => ConformanceSuite.Rows.Single(r => r.Id == id);

    /// <summary>The row of the suite, as <c>bulkhead conformance</c> runs it.</summary>
    protected async Task HoldsAsync(string id)
    {
        RowResult result = await ConformanceSuite.RunAsync(Row(id), Server.Postgres, Limit);
        result.Passed.ShouldBeTrue(result.Note);
        result.Note.ShouldNotBeNullOrWhiteSpace();
    }
}
