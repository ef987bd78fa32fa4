using Bulkhead.Api.Contract;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Connections;

/// <summary>What an audit found and no living execution owns. Pure.</summary>
/// <param name="Orphans">Of executions that are surely not there, or released.</param>
/// <param name="Unseen">Of executions that an operator of one namespace does not see: another namespace's may live.</param>
internal sealed record TagsWithoutOwner(IReadOnlyList<TaggedSessions> Orphans, IReadOnlyList<TaggedSessions> Unseen)
{
    /// <param name="tags">Found on the server.</param>
    /// <param name="executions">All that the operator sees.</param>
    /// <param name="begun">When the audit began; an execution that was released since still counts as living.</param>
    /// <param name="seesAll">Whether the operator sees every namespace.</param>
    public static TagsWithoutOwner Of(IEnumerable<TaggedSessions> tags, IEnumerable<ExecutionGlance> executions, DateTimeOffset? begun, bool seesAll)
    {
        var isLiving = executions.ToDictionary(e => Guid.Parse(e.Uid()), e => IsLiving(e, begun));
        var (orphans, unseen) = (new List<TaggedSessions>(), new List<TaggedSessions>());
        foreach (var found in tags)
        {
            if (OwnerTag.Parse(found.Tag) is not { } tag) continue;
            if (!isLiving.TryGetValue(tag.ExecutionUid, out var living)) (seesAll ? orphans : unseen).Add(found);
            else if (!living) orphans.Add(found);
        }

        return new TagsWithoutOwner(orphans, unseen);
    }

    private static bool IsLiving(ExecutionGlance execution, DateTimeOffset? begun) =>
        execution.Status?.Conditions?.FirstOrDefault(c => c.Type == ConditionTypes.ConnectionsReleased) is not { Status: "True" } released
        || released.LastTransitionTime >= begun;
}
