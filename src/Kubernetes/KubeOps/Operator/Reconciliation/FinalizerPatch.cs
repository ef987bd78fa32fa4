using k8s.Models;

namespace KubeOps.Operator.Reconciliation;

/// <summary>
/// Patches of <c>metadata.finalizers</c> that fail rather than touch what others wrote. They test the list (or where there is none, the resource
/// version), not the whole object: edits elsewhere by others do not get in the way.
/// </summary>
internal static class FinalizerPatch
{
    private const string List = "/metadata/finalizers";

    public static V1Patch Attach(V1ObjectMeta meta, IReadOnlyList<string> identifiers)
    {
        IReadOnlyList<string> present = [.. meta.Finalizers ?? []];
        PatchOperation[] operations = present.Count == 0
            ? [TestUid(meta), new("test", "/metadata/resourceVersion", meta.ResourceVersion), new("add", List, identifiers)]
            : [TestUid(meta), new("test", List, present), new("replace", List, present.Concat(identifiers).ToArray())];
        return new(operations, V1Patch.PatchType.JsonPatch);
    }

    /// <returns>Null: it is not there.</returns>
    public static V1Patch? Detach(V1ObjectMeta meta, string identifier)
    {
        var index = meta.Finalizers?.IndexOf(identifier) ?? -1;
        if (index < 0)
            return null;
        PatchOperation[] operations =
            [TestUid(meta), new("test", $"{List}/{index}", identifier), new("remove", $"{List}/{index}")];
        return new(operations, V1Patch.PatchType.JsonPatch);
    }

    private static PatchOperation TestUid(V1ObjectMeta meta) => new("test", "/metadata/uid", meta.Uid);
}
