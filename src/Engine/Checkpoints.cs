using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine;

/// <summary>Makes checkpoints, and refuses those of another tenant, user or document.</summary>
public static class Checkpoints
{
    /// <summary>All reasons why a job may not resume from its checkpoint.</summary>
    public static IEnumerable<Problem> Check(Job job)
    {
        if (job.Resume is not { } checkpoint) yield break;
        if (checkpoint.Version != Checkpoint.FormatVersion) yield return Refused("CHECKPOINT_VERSION", $"The checkpoint has format {checkpoint.Version}, this version reads {Checkpoint.FormatVersion}.");
        if (checkpoint.TenantId != job.TenantId) yield return Refused("CHECKPOINT_TENANT", "The checkpoint belongs to another tenant.");
        if (checkpoint.UserId != job.UserId) yield return Refused("CHECKPOINT_USER", "The checkpoint belongs to another user.");
        if (checkpoint.DocumentHash != HashOf(job)) yield return Refused("CHECKPOINT_DOCUMENT", "The workflow was edited after the checkpoint was written.");
    }

    internal static Checkpoint Of(Job job, string node, bool after, State state) => new()
    {
        ExecutionUid = job.ExecutionUid,
        TenantId = job.TenantId,
        UserId = job.UserId,
        DocumentHash = HashOf(job),
        Node = node,
        After = after,
        State = state.ToJson(),
    };

    private static string HashOf(Job job) => Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(job.Workflow)));

    private static Problem Refused(string code, string message) => new(ProblemClass.PermissionError, code, message);
}
