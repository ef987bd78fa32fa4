using System.Buffers;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Bulkhead.Kubernetes.Tests.Client;

public sealed class WatchLineTests
{
    [Theory]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"a"}}}""", WatchEventType.Added)]
    [InlineData("""{"object":{"metadata":{"name":"a"}},"type":"BOOKMARK"}""", WatchEventType.Bookmark)]
    [InlineData("""{"type":"DELETED","new":[{"x":1}],"object":{"metadata":{"name":"a"}}}""", WatchEventType.Deleted)]
    public void Parse_AnyOrder_TypeAndObject(string line, WatchEventType type)
    {
        var (actual, pod) = Parse(line);

        (actual, pod.Metadata.Name).ShouldBe((type, "a"));
    }

    [Fact]
    public void Parse_Error_CarriesTheStatus() =>
        Should.Throw<KubernetesException>(() => Parse("""{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old"}}"""))
            .Status.Code.ShouldBe(410);

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"meta""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"MOVED","object":{}}""")]
    [InlineData("[]")]
    public void Parse_CutOffOrStrange_IsAJsonFault(string line) => Should.Throw<JsonException>(() => Parse(line));

    private static (WatchEventType Type, V1Pod Object) Parse(string line) =>
        WatchLine.Parse<V1Pod>(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)));
}
