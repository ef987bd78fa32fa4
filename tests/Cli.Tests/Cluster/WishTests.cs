using Bulkhead.Cli.Cluster;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class WishTests
{
    [Theory]
    [InlineData("running", null, "Suspended", "write", "its worker is ended")]
    [InlineData("running", null, "Running", "nothing", "is not suspended")]
    [InlineData("running", "Suspended", "Running", "write", "goes on")]
    [InlineData("running", "Suspended", "Suspended", "nothing", "told so already")]
    [InlineData("running", "Stopped", "Terminated", "write", "cancelled now")]
    [InlineData("running", "Stopped", "Running", "refused", "cannot be called back")]
    [InlineData("running", "Terminated", "Stopped", "refused", "cannot be called back")]
    [InlineData("waiting", null, "Stopped", "write", "no new node starts")]
    [InlineData("failed", null, "Suspended", "refused", "bulkhead retry failed")]
    [InlineData("deleting", null, "Stopped", "refused", "being deleted")]
    public void State_OfAnExecution_IsWrittenOnlyWhereItMakesSense(string name, string? current, string wanted, string expected, string says)
    {
        var execution = Recordings.Execution(name);
        execution.Spec = execution.Spec with { DesiredState = current };

        var wish = Wish.State(execution, wanted);

        (wish.Refused ? "refused" : wish.Spec is null ? "nothing" : "write").ShouldBe(expected);
        wish.Said.ShouldContain(says);
        if (expected == "write") wish.Spec!.ShouldHaveSingleItem().ShouldBe(new("desiredState", wanted));
    }

    [Theory]
    [InlineData("failed", null, null, "rerunToken")]
    [InlineData("failed", "Stopped", null, "rerunToken,desiredState", "or it would be ended again at once")]
    [InlineData("running", null, "has not ended")]
    [InlineData("running", "Suspended", "bulkhead resume running")]
    [InlineData("deleting", null, "Submit it anew")]
    public void Retry_OfAnExecution_SetsAFreshTokenOnceItHasEnded(string name, string? current, string? refused, string? fields = null, string? because = null)
    {
        var execution = Recordings.Execution(name);
        execution.Spec = execution.Spec with { DesiredState = current };

        var wish = Wish.Retry(execution, "t-1");

        wish.Refused.ShouldBe(refused is not null);
        if (refused is not null) wish.Said.ShouldContain(refused);
        else string.Join(',', wish.Spec!.Keys).ShouldBe(fields, because);
    }
}
