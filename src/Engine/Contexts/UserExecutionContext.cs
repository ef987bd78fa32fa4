using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Engine.Contexts;

/// <summary>
/// Who runs what: the identity of one execution of one user (the ExecutionContext of NORP-006 and the user context in one record).
/// Immutable and handed on as an argument; there is no current context to look up. The JSON objects are values: a copy is
/// taken on the way in, and what comes out cannot be changed. Only the end of the execution is state, and that belongs to the
/// contexts of this execution alone. Source: NORP-006; user context isolation.
/// </summary>
public sealed partial record UserExecutionContext
{
    /// <summary>Deepest child context.</summary>
    public const int MaxOperationDepth = 10;

    private readonly TimeProvider _clock;
    private readonly ExecutionLifetime _lifetime;

    private UserExecutionContext(ContextFields fields, TimeProvider clock, ExecutionLifetime? lifetime)
    {
        (ExecutionUid, Attempt, TenantId) = (fields.ExecutionUid, fields.Attempt, fields.TenantId!);
        (UserId, ThreadId, RunId, RequestId) = (fields.UserId!, fields.ThreadId!, fields.RunId!, fields.RequestId!);
        AgentContext = JsonCopy.Merge(fields.AgentContext, null);
        AuditMetadata = JsonCopy.Merge(fields.AuditMetadata, null);
        TestEnvironment = fields.TestEnvironment;
        CreatedAt = clock.GetUtcNow();
        _clock = clock;
        _lifetime = lifetime ?? new ExecutionLifetime(ExecutionUid, TenantId, UserId);
    }

    /// <summary><c>exec_&lt;uuid&gt;</c>; never changes, the same in every attempt.</summary>
    public string ExecutionId => $"exec_{ExecutionUid:d}";

    public Guid ExecutionUid { get; }

    /// <summary>Counted from 1.</summary>
    public int Attempt { get; }

    public string TenantId { get; }

    public string UserId { get; }

    public string ThreadId { get; }

    public string RunId { get; }

    public string RequestId { get; }

    /// <summary>The request that this one is a part of; null at the top.</summary>
    public string? ParentRequestId { get; private init; }

    /// <summary>0 at the top, at most <see cref="MaxOperationDepth"/>.</summary>
    public int OperationDepth { get; private init; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>A JSON object of its own; nobody else can change it.</summary>
    public JsonElement AgentContext { get; }

    /// <summary>A JSON object of its own; nobody else can change it.</summary>
    public JsonElement AuditMetadata { get; }

    /// <summary>Whether ids that begin with <c>test_</c> were allowed.</summary>
    public bool TestEnvironment { get; }

    /// <summary>True from the first call of <see cref="EndAsync"/> on, for every context of the execution.</summary>
    public bool HasEnded => _lifetime.HasEnded;

    /// <summary>The context with these fields.</summary>
    /// <exception cref="InvalidContextException">With all faults of the fields.</exception>
    public static UserExecutionContext Create(ContextFields fields, TimeProvider clock) => Create(fields, clock, lifetime: null);

    /// <summary>The same object when it is a context.</summary>
    /// <exception cref="InvalidContextException">It is null or something else.</exception>
    public static UserExecutionContext Require(object? candidate) =>
        candidate as UserExecutionContext ?? throw new InvalidContextException([ContextRules.Fault("TYPE_INVALID", "",
            $"Expected a UserExecutionContext, got {candidate?.GetType().Name ?? "null"}.")]);

    /// <summary>Registers what is to be done at the end of the execution; last in, first out.</summary>
    /// <param name="name">Names the clean-up when it fails.</param>
    /// <param name="cleanup">Its token ends when nobody waits any longer.</param>
    /// <exception cref="ExecutionEndedException">It would never run.</exception>
    public void OnEnd(string name, Func<CancellationToken, Task> cleanup)
    {
        if (!_lifetime.TryAdd(name, cleanup)) throw new ExecutionEndedException(ExecutionId);
    }

    /// <summary>Ends the execution and runs every clean-up. Idempotent; a failing clean-up does not stop the others.</summary>
    /// <param name="cancellationToken">Once cancelled, clean-ups are still started, but not waited for.</param>
    /// <returns>The clean-ups that failed.</returns>
    public Task<IReadOnlyList<CleanupFailure>> EndAsync(CancellationToken cancellationToken) => _lifetime.EndAsync(cancellationToken);

    /// <exception cref="ExecutionEndedException">The execution has ended.</exception>
    public void RequireActive()
    {
        if (HasEnded) throw new ExecutionEndedException(ExecutionId);
    }

    /// <summary>The job of this execution: its identity with a workflow and inputs, both JSON objects.</summary>
    public Job JobFor(JsonElement workflow, JsonElement inputs) => new()
    {
        ExecutionUid = ExecutionUid,
        Attempt = Attempt,
        TenantId = TenantId,
        UserId = UserId,
        ThreadId = ThreadId,
        RunId = RunId,
        Workflow = workflow,
        Inputs = inputs,
    };

    public AuditTrail AuditTrail() => new()
    {
        CorrelationId = string.Join(':', new[] { UserId, ThreadId, RunId, RequestId }.Select(id => id.Length > 8 ? id[..8] : id)),
        ExecutionId = ExecutionId,
        TenantId = TenantId,
        UserId = UserId,
        ThreadId = ThreadId,
        RunId = RunId,
        RequestId = RequestId,
        ParentRequestId = ParentRequestId,
        OperationDepth = OperationDepth,
        CreatedAt = CreatedAt,
        AgeSeconds = (_clock.GetUtcNow() - CreatedAt).TotalSeconds,
        AuditMetadata = AuditMetadata,
    };

    /// <summary>Ids only: metadata may hold what must not be in a log.</summary>
    public override string ToString() =>
        $"{ExecutionId} (tenant {TenantId}, user {UserId}, thread {ThreadId}, run {RunId}, request {RequestId}, depth {OperationDepth})";

    internal static UserExecutionContext Create(ContextFields fields, TimeProvider clock, ExecutionLifetime? lifetime)
    {
        var faults = ContextRules.Faults(fields);
        return faults.Count == 0 ? new UserExecutionContext(fields, clock, lifetime) : throw new InvalidContextException(faults);
    }
}
