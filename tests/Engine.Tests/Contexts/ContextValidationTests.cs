using System.Text.Json;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Contexts;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Contexts;

public class ContextValidationTests
{
    [Theory]
    [InlineData("registry", "an exact placeholder")]
    [InlineData("Placeholder", "case does not matter")]
    [InlineData(" none ", "white space around does not matter")]
    [InlineData("0", "the number of an uninitialised row")]
    [InlineData("dummy", "the last of the list")]
    [InlineData("temp_42", "a short id with a forbidden prefix")]
    [InlineData("default_robot", "not one of the default accounts")]
    [InlineData("test_user_1", "test ids belong to a test environment")]
    public void Create_PlaceholderUser_Refused(string user, string because)
    {
        var fault = Faults(Fields(user)).ShouldHaveSingleItem(because);
        fault.Code.ShouldBe("PLACEHOLDER_FORBIDDEN");
        fault.Class.ShouldBe(ProblemClass.ContextFailure);
        fault.Message.ShouldBe(
            $"Field 'user_id' contains forbidden placeholder value: '{user}'. This prevents proper request isolation.");
    }

    [Theory]
    [InlineData("default_user", "the local default")]
    [InlineData("default_admin", "an allowed default account")]
    [InlineData("temp_agency_of_the_north", "20 characters or more with a forbidden prefix are a real name")]
    [InlineData("contest", "a placeholder inside a word")]
    [InlineData("system:serviceaccount:acme:runner", "what a cluster calls a user")]
    public void Create_RealUser_Accepted(string user, string because) => Faults(Fields(user)).ShouldBeEmpty(because);

    [Fact]
    public void Create_TestPrefixInTestEnvironment_Accepted() =>
        Faults(Fields("test_user_1") with { TestEnvironment = true }).ShouldBeEmpty();

    [Fact]
    public void Create_TestAloneInTestEnvironment_Refused() =>
        Faults(Fields("test") with { TestEnvironment = true }).ShouldHaveSingleItem();

    [Theory]
    [InlineData("default")]
    [InlineData("test")]
    [InlineData("demo")]
    public void Create_TenantNamedLikeANamespace_Accepted(string tenant) =>
        Faults(Fields() with { TenantId = tenant }).ShouldBeEmpty();

    [Theory]
    [InlineData("Acme", "upper case")]
    [InlineData("-acme", "begins with a hyphen")]
    [InlineData("a_b", "underscore")]
    [InlineData("acme\n", "a line break at the end")]
    public void Create_TenantNotADnsLabel_Refused(string tenant, string because) =>
        Faults(Fields() with { TenantId = tenant }).ShouldHaveSingleItem(because).Code.ShouldBe("TENANT_INVALID");

    [Fact]
    public void Create_ManyFaults_ReportsAllAtOnce()
    {
        var fields = new ContextFields
        {
            ExecutionUid = Guid.Empty,
            Attempt = 0,
            TenantId = " ",
            UserId = "",
            ThreadId = "xxx",
            RunId = null,
            RequestId = "a\u0007b",
            AgentContext = Json("[1]"),
            AuditMetadata = Json("""{"db_session": 1, "run_id": "r"}"""),
        };

        Faults(fields).Select(fault => $"{fault.Code} {fault.Path}").ShouldBe(
        [
            "FIELD_REQUIRED execution_id", "ATTEMPT_INVALID attempt", "FIELD_REQUIRED tenant_id", "FIELD_REQUIRED user_id",
            "PLACEHOLDER_FORBIDDEN thread_id", "FIELD_REQUIRED run_id", "ID_INVALID request_id", "TYPE_INVALID agent_context",
            "RESERVED_KEY audit_metadata.db_session", "RESERVED_KEY audit_metadata.run_id",
        ]);
    }

    [Theory]
    [InlineData("user_id")]
    [InlineData("thread_id")]
    [InlineData("run_id")]
    [InlineData("request_id")]
    [InlineData("created_at")]
    [InlineData("db_session")]
    [InlineData("websocket_client_id")]
    public void Create_ReservedKey_RefusedInBothObjects(string key)
    {
        var reserved = JsonSerializer.SerializeToElement(new Dictionary<string, string> { [key] = "alice" });
        Faults(Fields() with { AgentContext = reserved, AuditMetadata = reserved }).Select(fault => fault.Path)
            .ShouldBe([$"agent_context.{key}", $"audit_metadata.{key}"]);
    }

    [Theory]
    [InlineData("""{"profile": {"user_id": "bob"}}""", true, "another user one level down")]
    [InlineData("""{"items": [[{"deep": {"user_id": "bob"}}]]}""", true, "another user inside lists")]
    [InlineData("""{"profile": {"user_id": 7}}""", true, "a number is never this user's id")]
    [InlineData("""{"profile": {"user_id": "alice", "user_id": "bob"}}""", true, "the second of two equal keys")]
    [InlineData("""{"profile": {"user_id": "alice"}}""", false, "the user itself")]
    [InlineData("""{"profile": {"user_id": null}}""", false, "nobody")]
    public void Create_NestedUser_RefusedWhenAnother(string metadata, bool refused, string because)
    {
        var faults = Faults(Fields() with { AuditMetadata = Json(metadata) });
        faults.Select(fault => fault.Code).ShouldBe(refused ? ["ISOLATION_VIOLATED"] : [], because);
    }

    [Fact]
    public void Require_SomethingElse_Refused()
    {
        Should.Throw<InvalidContextException>(() => UserExecutionContext.Require("alice"))
            .Message.ShouldBe("Expected a UserExecutionContext, got String.");
        Should.Throw<InvalidContextException>(() => UserExecutionContext.Require(null))
            .Message.ShouldBe("Expected a UserExecutionContext, got null.");
    }

    private static IReadOnlyList<Problem> Faults(ContextFields fields)
    {
        try
        {
            UserExecutionContext.Create(fields, TimeProvider.System).VerifyIsolation().ShouldBeTrue();
            return [];
        }
        catch (InvalidContextException exception)
        {
            return exception.Problems;
        }
    }
}
