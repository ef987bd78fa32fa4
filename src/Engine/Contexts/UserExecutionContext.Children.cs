using System.Text.Json;

namespace Bulkhead.Engine.Contexts;

public sealed partial record UserExecutionContext
{
    /// <summary>
    /// A context for a part of this request: same execution, tenant, user, thread and run; a request id of its own, one level
    /// deeper. Both JSON objects are copies with <c>operation_name, parent_operation</c> (<c>root</c> at the top) and
    /// <c>operation_depth</c> laid over them; what is changed later in one of the two contexts is not seen in the other.
    /// </summary>
    /// <param name="operationName">Must not be blank.</param>
    /// <param name="agentContext">Keys to lay over the parent's.</param>
    /// <param name="auditMetadata">Keys to lay over the parent's.</param>
    /// <exception cref="InvalidContextException">The name is blank, the depth exceeded, or an additional key is not allowed.</exception>
    public UserExecutionContext CreateChild(string operationName, JsonElement? agentContext = null, JsonElement? auditMetadata = null)
    {
        if (string.IsNullOrWhiteSpace(operationName))
        {
            throw new InvalidContextException(
                [ContextRules.Fault("FIELD_REQUIRED", "operation_name", "Field 'operation_name' is required and must not be empty.")]);
        }

        if (OperationDepth >= MaxOperationDepth)
        {
            throw new InvalidContextException([ContextRules.Fault("DEPTH_EXCEEDED", "operation_depth",
                $"Maximum operation depth ({MaxOperationDepth}) exceeded. Current depth: {OperationDepth}")]);
        }

        // The additional objects are judged as they came: once merged, a wrong type would no longer be seen.
        var faults = ContextRules.Faults(Fields(agentContext, auditMetadata));
        if (faults.Count > 0) throw new InvalidContextException(faults);

        KeyValuePair<string, object>[] operation =
        [
            new("operation_name", operationName),
            new("parent_operation", OperationName ?? "root"),
            new("operation_depth", OperationDepth + 1),
        ];
        var fields = Fields(
            JsonCopy.Merge(AgentContext, agentContext, operation), JsonCopy.Merge(AuditMetadata, auditMetadata, operation));
        return new UserExecutionContext(fields, _clock, _lifetime)
        {
            ParentRequestId = RequestId,
            OperationDepth = OperationDepth + 1,
            OperationName = operationName,
        };
    }

    /// <summary>What this context was created for; null at the top.</summary>
    public string? OperationName { get; private init; }

    /// <summary>True when nothing that changes is shared with another execution.</summary>
    /// <exception cref="ContextIsolationException">This context holds the lifetime of somebody else's execution.</exception>
    public bool VerifyIsolation() =>
        _lifetime.ExecutionUid == ExecutionUid && _lifetime.TenantId == TenantId && _lifetime.UserId == UserId
            ? true
            : throw Violated($"it holds the lifetime of exec_{_lifetime.ExecutionUid:d} of user '{_lifetime.UserId}'");

    /// <summary>True when this context and <paramref name="other"/> share nothing that changes, unless they belong to one execution.</summary>
    /// <exception cref="ContextIsolationException">They do, or both claim one attempt of an execution without a common parent.</exception>
    public bool VerifyIsolation(UserExecutionContext other)
    {
        var shared = ReferenceEquals(_lifetime, other._lifetime);
        if (shared == (ExecutionUid == other.ExecutionUid && Attempt == other.Attempt)) return VerifyIsolation() && other.VerifyIsolation();
        throw Violated(shared
            ? $"it shares its lifetime with {other.ExecutionId} of user '{other.UserId}'"
            : $"a second lifetime of the same execution exists, of user '{other.UserId}'");
    }

    private ContextIsolationException Violated(string how) =>
        new($"Isolation of {ExecutionId} of user '{UserId}' is violated: {how}.");

    private ContextFields Fields(JsonElement? agentContext, JsonElement? auditMetadata) => new()
    {
        ExecutionUid = ExecutionUid,
        Attempt = Attempt,
        TenantId = TenantId,
        UserId = UserId,
        ThreadId = ThreadId,
        RunId = RunId,
        AgentContext = agentContext,
        AuditMetadata = auditMetadata,
        TestEnvironment = TestEnvironment,
    };
}
