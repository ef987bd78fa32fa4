namespace Bulkhead.Conformance.Tests.Wirings;

internal static class Sabotage
{
    /// <summary>The row must fail with this wiring, by an assertion and not by an accident.</summary>
    public static async Task MustFailAsync(Func<Wiring, Task> row, Wiring sabotaged)
    {
        Exception? failure = null;
        try
        {
            await row(sabotaged);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        failure.ShouldNotBeNull("the row passes although its subject is broken: it shows nothing");
        failure.ShouldBeOfType<ShouldAssertException>($"the row must fail by an assertion, not by {failure}");
    }
}
