using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;
using KubeOps.Abstractions.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>Events are counted, not heaped up.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EventTests(ApiServer server)
{
    [Fact]
    public async Task Publish_SameEventFromManySides_OneEventWithTheCount()
    {
        var ns = await server.NamespaceAsync("events");
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns, settings: s => s.Name = "publisher");
        var widget = await server.Client.CreateAsync(Widget.Named("w", ns));
        var publish = test.Services.GetRequiredService<EventPublisher>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => publish(widget, "ReleaseFailed", "the server is away", EventType.Warning)));
        await publish(widget, "Released", new string('x', 2000));

        var events = (await server.Client.ListAsync<Corev1Event>(ns)).OrderByDescending(e => e.Reason, StringComparer.Ordinal).ToList();
        events.Select(e => (e.Reason, e.Type, e.Count)).ShouldBe([("Released", "Normal", 1), ("ReleaseFailed", "Warning", 4)], ignoreOrder: true);
        events[0].Message.Length.ShouldBe(1024, "the server refuses longer ones");
        events[1].InvolvedObject.Uid.ShouldBe(widget.Metadata.Uid);
        events[1].Source.Component.ShouldBe("publisher");
    }

    [Fact]
    public async Task Publish_Refused_DoesNotFailTheCaller()
    {
        var ns = await server.NamespaceAsync("refused");
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns);
        var widget = Widget.Named("w", "no-such-namespace");
        var publish = test.Services.GetRequiredService<EventPublisher>();

        await publish(widget, "Any", "thing");

        (await server.Client.ListAsync<Corev1Event>(ns)).ShouldBeEmpty();
    }
}
