using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.Operator.Reconciliation;

namespace Bulkhead.Kubernetes.Tests.Operator;

public sealed class FinalizerPatchTests
{
    [Fact]
    public void Attach_NoListYet_TestsTheVersion() =>
        Json(FinalizerPatch.Attach(new() { Uid = "u", ResourceVersion = "7" }, ["a"])).ShouldBe(
            """[{"op":"test","path":"/metadata/uid","value":"u"},{"op":"test","path":"/metadata/resourceVersion","value":"7"},"""
            + """{"op":"add","path":"/metadata/finalizers","value":["a"]}]""");

    [Fact]
    public void Attach_ListOfOthers_TestsAndExtendsIt() =>
        Json(FinalizerPatch.Attach(new() { Uid = "u", Finalizers = ["x"] }, ["a", "b"])).ShouldBe(
            """[{"op":"test","path":"/metadata/uid","value":"u"},{"op":"test","path":"/metadata/finalizers","value":["x"]},"""
            + """{"op":"replace","path":"/metadata/finalizers","value":["x","a","b"]}]""");

    [Fact]
    public void Detach_AmongOthers_TestsItsPlaceAndRemovesOnlyIt() =>
        Json(FinalizerPatch.Detach(new() { Uid = "u", Finalizers = ["x", "a"] }, "a")!).ShouldBe(
            """[{"op":"test","path":"/metadata/uid","value":"u"},{"op":"test","path":"/metadata/finalizers/1","value":"a"},"""
            + """{"op":"remove","path":"/metadata/finalizers/1"}]""");

    [Fact]
    public void Detach_NotThere_IsNothing() => FinalizerPatch.Detach(new() { Finalizers = ["x"] }, "a").ShouldBeNull();

    private static string Json(V1Patch patch) => JsonSerializer.Serialize(patch.Content, KubernetesJson.Options);
}
