using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Contexts;

namespace Bulkhead.Conformance.Tests.UEC;

/// <summary>UEC rows about contexts alone.</summary>
public class ContextRows
{
    [Fact(DisplayName = "UEC-01 five contexts share nothing: change one, the others are clean")]
    [Trait("Seed", "UEC-01")]
    public Task Uec01() => ContextsShareNothingAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-01 fails when contexts share a lifetime")]
    [Trait("Seed", "UEC-01")]
    public Task Uec01_Sabotaged()
    {
        var shared = new ExecutionLifetime(Guid.NewGuid(), "local", "user-1");
        return Sabotage.MustFailAsync(ContextsShareNothingAsync, Wiring.Real with
        {
            Context = fields => UserExecutionContext.Create(fields, TimeProvider.System, shared),
        });
    }

    [Fact(DisplayName = "UEC-05 a child inherits the ids, knows its parent and its depth, and is apart from it")]
    [Trait("Seed", "UEC-05")]
    public Task Uec05() => ChildKnowsItsParentAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-05 fails when the child is its parent")]
    [Trait("Seed", "UEC-05")]
    public Task Uec05_Sabotaged() =>
        Sabotage.MustFailAsync(ChildKnowsItsParentAsync, Wiring.Real with { Child = (parent, _, _) => parent });

    [Fact(DisplayName = "UEC-10 contexts are separate, validating returns the same object, a non-context is refused")]
    [Trait("Seed", "UEC-10")]
    public Task Uec10() => ContextsAreNotSharedAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-10 fails when anything passes for a context")]
    [Trait("Seed", "UEC-10")]
    public Task Uec10_Sabotaged() => Sabotage.MustFailAsync(ContextsAreNotSharedAsync, Wiring.Real with
    {
        Require = candidate => candidate as UserExecutionContext ?? UserExecutionContext.Create(Users.Fields("alice"), TimeProvider.System),
    });

    [Fact(DisplayName = "UEC-12 a child inherits nested configuration; a deep change in it does not reach the parent")]
    [Trait("Seed", "UEC-12")]
    public Task Uec12() => ConfigurationIsInheritedAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-12 fails when configuration is not inherited")]
    [Trait("Seed", "UEC-12")]
    public Task Uec12_Sabotaged() => Sabotage.MustFailAsync(ConfigurationIsInheritedAsync, Wiring.Real with
    {
        Child = (parent, operation, agentContext) =>
            UserExecutionContext.Create(Users.Fields(parent.UserId), TimeProvider.System).CreateChild(operation, agentContext),
    });

    [Fact(DisplayName = "UEC-13 empty ids and placeholders are refused, and so is a wrong type")]
    [Trait("Seed", "UEC-13")]
    public Task Uec13() => FaultyFieldsAreRefusedAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-13 fails when missing ids are made up")]
    [Trait("Seed", "UEC-13")]
    public Task Uec13_Sabotaged() => Sabotage.MustFailAsync(FaultyFieldsAreRefusedAsync, Wiring.Real with
    {
        Context = fields => UserExecutionContext.Create(
            string.IsNullOrEmpty(fields.UserId) ? fields with { UserId = "default_user" } : fields, TimeProvider.System),
    });

    private static async Task ContextsShareNothingAsync(Wiring wiring)
    {
        var given = Enumerable.Range(1, 5).Select(i => new JsonObject { ["mark"] = $"mark-{i}", ["nested"] = new JsonObject { ["n"] = i } }).ToArray();
        var contexts = given.Select((metadata, i) => wiring.Context(Users.Fields($"user-{i + 1}", metadata.ToJsonString()))).ToArray();
        var cleanedUp = new List<string>();
        foreach (var context in contexts)
        {
            context.OnEnd(context.UserId, _ =>
            {
                cleanedUp.Add(context.UserId);
                return Task.CompletedTask;
            });
        }

        given[0]["nested"]!["n"] = 666;
        _ = contexts[0].CreateChild("change", JsonElement.Parse("""{"mark": "changed", "nested": {"n": 667}}"""));
        await contexts[0].EndAsync(CancellationToken.None);

        cleanedUp.ShouldBe(["user-1"]);
        contexts.Select(context => context.HasEnded).ShouldBe([true, false, false, false, false]);
        contexts.Select(context => context.AgentContext.GetRawText())
            .ShouldBe(Enumerable.Range(1, 5).Select(i => $$$"""{"mark":"mark-{{{i}}}","nested":{"n":{{{i}}}}}"""));
        contexts.SelectMany(context => new[] { context.ExecutionId, context.ThreadId, context.RunId, context.RequestId }).ShouldBeUnique();
        foreach (var context in contexts) contexts.ShouldAllBe(other => context.VerifyIsolation(other));
    }

    private static Task ChildKnowsItsParentAsync(Wiring wiring)
    {
        var parent = wiring.Context(Users.Fields("alice", auditMetadata: """{"source": "chat"}"""));
        var child = wiring.Child(parent, "search", null);
        var sibling = wiring.Child(parent, "later", JsonElement.Parse("""{"seen": "only by the sibling"}"""));

        (child.UserId, child.ThreadId, child.RunId, child.TenantId, child.ExecutionId)
            .ShouldBe((parent.UserId, parent.ThreadId, parent.RunId, parent.TenantId, parent.ExecutionId));
        child.RequestId.ShouldNotBe(parent.RequestId);
        child.ParentRequestId.ShouldBe(parent.RequestId);
        child.OperationDepth.ShouldBe(parent.OperationDepth + 1);
        child.AgentContext.GetProperty("operation_name").GetString().ShouldBe("search");
        child.AgentContext.TryGetProperty("seen", out _).ShouldBeFalse();
        sibling.ParentRequestId.ShouldBe(parent.RequestId);

        var trail = child.AuditTrail();
        (trail.OperationDepth, trail.ParentRequestId, trail.AuditMetadata.GetProperty("source").GetString())
            .ShouldBe((1, parent.RequestId, "chat"));
        trail.CorrelationId.ShouldBe($"alice:{child.ThreadId[..8]}:{child.RunId[..8]}:{child.RequestId[..8]}");
        parent.AuditTrail().OperationDepth.ShouldBe(0);
        return Task.CompletedTask;
    }

    private static Task ContextsAreNotSharedAsync(Wiring wiring)
    {
        var (one, two) = (wiring.Context(Users.Fields("alice")), wiring.Context(Users.Fields("alice")));
        one.ShouldNotBeSameAs(two);
        one.VerifyIsolation(two).ShouldBeTrue();
        wiring.Require(one).ShouldBeSameAs(one);
        foreach (var stranger in new object?[] { "alice", 7, new { UserId = "alice" }, Users.Fields("alice"), null })
        {
            Should.Throw<InvalidContextException>(() => wiring.Require(stranger));
        }

        return Task.CompletedTask;
    }

    private static Task ConfigurationIsInheritedAsync(Wiring wiring)
    {
        var parent = wiring.Context(Users.Fields("alice", """{"model": {"name": "small", "limits": {"tokens": [10, 20]}}, "tone": "calm"}"""));
        var before = parent.AgentContext.GetRawText();
        var child = wiring.Child(parent, "configure", JsonElement.Parse("""{"model": {"name": "large", "limits": {"tokens": [99]}}}"""));
        var untouched = wiring.Child(parent, "inherit", null);

        child.AgentContext.TryGetProperty("tone", out var tone).ShouldBeTrue("the child inherits");
        tone.GetString().ShouldBe("calm");
        child.AgentContext.GetProperty("model").GetProperty("limits").GetProperty("tokens")[0].GetInt32().ShouldBe(99);
        untouched.AgentContext.GetProperty("model").GetProperty("limits").GetProperty("tokens")[1].GetInt32().ShouldBe(20);
        parent.AgentContext.GetRawText().ShouldBe(before);
        return Task.CompletedTask;
    }

    private static Task FaultyFieldsAreRefusedAsync(Wiring wiring)
    {
        var good = Users.Fields("alice");
        var faulty = new (string Field, ContextFields Fields)[]
        {
            ("user_id", good with { UserId = "" }), ("user_id", good with { UserId = "placeholder" }), ("thread_id", good with { ThreadId = null }),
            ("run_id", good with { RunId = " " }), ("run_id", good with { RunId = "registry" }), ("request_id", good with { RequestId = "" }),
            ("tenant_id", good with { TenantId = "" }), ("agent_context", good with { AgentContext = JsonElement.Parse("\"text\"") }),
            ("audit_metadata", good with { AuditMetadata = JsonElement.Parse("[1]") }),
        };
        foreach (var (field, fields) in faulty)
        {
            Should.Throw<InvalidContextException>(() => wiring.Context(fields), $"{field} is faulty").Problems.ShouldHaveSingleItem().Path.ShouldBe(field);
        }

        wiring.Context(good).UserId.ShouldBe("alice");
        return Task.CompletedTask;
    }
}
