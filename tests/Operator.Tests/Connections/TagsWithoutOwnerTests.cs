using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Connections;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Connections;

public sealed class TagsWithoutOwnerTests
{
    private static readonly Guid Here = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Elsewhere = Guid.Parse("22222222-2222-4222-8222-222222222222");
    private static readonly Guid Released = Guid.Parse("33333333-3333-4333-8333-333333333333");
    private static readonly Guid ReleasedMeanwhile = Guid.Parse("44444444-4444-4444-8444-444444444444");
    private static readonly Guid Gone = Guid.Parse("55555555-5555-4555-8555-555555555555");
    private static readonly TaggedSessions[] Tags =
        [.. new[] { Here, Elsewhere, Released, ReleasedMeanwhile, Gone }.Select((uid, i) => new TaggedSessions($"{new OwnerTag(uid, 1)}", i + 1)), new("somebody/else", 9)];

    [Fact]
    public void Of_SeesEveryNamespace_WhatIsNotThereIsAnOrphan()
    {
        var found = TagsWithoutOwner.Of(Tags, Executions(Here, Elsewhere), Given.Now, seesAll: true);

        (Of(found.Orphans), found.Unseen.Count).ShouldBe(("3, 5", 0), "an execution of another namespace lives");
    }

    [Fact]
    public void Of_SeesOneNamespace_WhatIsNotThereMayBeAnothers()
    {
        var found = TagsWithoutOwner.Of(Tags, Executions(Here), Given.Now, seesAll: false);

        (Of(found.Orphans), Of(found.Unseen)).ShouldBe(("3", "2, 5"), "released is surely released");
    }

    private static string Of(IEnumerable<TaggedSessions> found) => string.Join(", ", found.Select(f => f.Sessions));

    private static IEnumerable<ExecutionGlance> Executions(params Guid[] living) =>
        [.. living.Select(uid => Execution(uid, null)), Execution(Released, Given.Now.AddSeconds(-1)), Execution(ReleasedMeanwhile, Given.Now.AddSeconds(1))];

    private static ExecutionGlance Execution(Guid uid, DateTimeOffset? released) => new()
    {
        Metadata = new V1ObjectMeta { Uid = $"{uid}" },
        Status = new ExecutionGlance.Word(null, null, released is null ? null : [new StatusCondition { Type = "ConnectionsReleased", Status = "True", Reason = "Released", Message = "", LastTransitionTime = released }]),
    };
}
