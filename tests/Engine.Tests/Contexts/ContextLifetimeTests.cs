using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Engine.Contexts;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Contexts;

public class ContextLifetimeTests
{
    [Fact]
    public async Task EndAsync_OneCleanupFails_RunsAllLastInFirstOut()
    {
        var context = Context();
        var order = new List<string>();
        context.OnEnd("first", _ => Note("first"));
        context.OnEnd("second", _ => throw new InvalidOperationException("no"));
        context.CreateChild("part").OnEnd("third", _ => Note("third"));

        var failures = await context.EndAsync(CancellationToken.None);

        order.ShouldBe(["third", "first"]);
        failures.ShouldBe([new CleanupFailure("second", "no")]);
        (await context.EndAsync(CancellationToken.None)).ShouldBe(failures);
        order.Count.ShouldBe(2, "a second end does nothing");

        Task Note(string name)
        {
            order.Add(name);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task EndAsync_OfTheParent_EndsItsChildrenAndNobodyElse()
    {
        var (context, stranger) = (Context(), Context());
        var child = context.CreateChild("part");
        await context.EndAsync(CancellationToken.None);

        child.HasEnded.ShouldBeTrue();
        stranger.HasEnded.ShouldBeFalse();
        Should.Throw<ExecutionEndedException>(child.RequireActive).Message.ShouldBe($"execution {context.ExecutionId} has ended");
        Should.Throw<ExecutionEndedException>(() => child.OnEnd("late", _ => Task.CompletedTask));
    }

    [Fact]
    public async Task EndAsync_TwoCallers_BothWaitForTheSameEnd()
    {
        var context = Context();
        var gate = new TaskCompletionSource();
        context.OnEnd("slow", _ => gate.Task);
        var first = context.EndAsync(CancellationToken.None);
        var second = context.EndAsync(CancellationToken.None);

        second.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await second).ShouldBeSameAs(await first);
    }

    [Fact]
    public void Create_GiverChangesOrDisposesItsObject_ContextKeepsItsCopy()
    {
        var given = new JsonObject { ["plan"] = new JsonObject { ["steps"] = 1 } };
        UserExecutionContext context;
        using (var document = JsonDocument.Parse(given.ToJsonString()))
        {
            context = UserExecutionContext.Create(Fields() with { AgentContext = document.RootElement }, TimeProvider.System);
        }

        given["plan"]!["steps"] = 2;
        context.AgentContext.GetProperty("plan").GetProperty("steps").GetInt32().ShouldBe(1);
        context.AuditTrail().AuditMetadata.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public void VerifyIsolation_LifetimeOfAnotherExecution_Refused()
    {
        var bob = new ExecutionLifetime(Guid.NewGuid(), "local", "bob");
        var wiredWrong = UserExecutionContext.Create(Fields(), TimeProvider.System, bob);

        Should.Throw<ContextIsolationException>(() => wiredWrong.VerifyIsolation()).Message.ShouldBe(
            $"Isolation of {wiredWrong.ExecutionId} of user 'alice' is violated: it holds the lifetime of exec_{bob.ExecutionUid:d} of user 'bob'.");
    }

    [Fact]
    public void VerifyIsolation_AgainstOthers_TellsKinFromIntruders()
    {
        var context = Context();
        context.VerifyIsolation(Context("bob")).ShouldBeTrue();
        context.VerifyIsolation(context.CreateChild("part")).ShouldBeTrue("a child is of the same execution");

        var twin = UserExecutionContext.Create(Fields() with { ExecutionUid = context.ExecutionUid }, TimeProvider.System);
        Should.Throw<ContextIsolationException>(() => context.VerifyIsolation(twin)).Message.ShouldContain("second lifetime");

        var shared = new ExecutionLifetime(context.ExecutionUid, "local", "alice");
        var one = UserExecutionContext.Create(Fields() with { ExecutionUid = context.ExecutionUid }, TimeProvider.System, shared);
        var two = UserExecutionContext.Create(Fields("bob"), TimeProvider.System, shared);
        Should.Throw<ContextIsolationException>(() => one.VerifyIsolation(two)).Message.ShouldContain("shares its lifetime");
    }

    [Fact]
    public void Fields_OfTheType_AreValuesExceptTheLifetime()
    {
        Type[] values = [typeof(string), typeof(Guid), typeof(int), typeof(bool), typeof(DateTimeOffset), typeof(JsonElement), typeof(TimeProvider)];
        var fields = typeof(UserExecutionContext).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

        fields.ShouldAllBe(field => field.IsInitOnly);
        fields.Select(field => field.FieldType).Except(values).ShouldBe([typeof(ExecutionLifetime)]);
        typeof(UserExecutionContext).GetProperties().ShouldAllBe(property => property.SetMethod == null || property.SetMethod.IsPrivate);
    }

    [Fact]
    public void ToString_NeverShowsMetadata() =>
        Context(agentContext: """{"password": "hunter2"}""").ToString().ShouldNotContain("hunter2");
}
