namespace k8s.Models;

/// <summary>A patch and its kind. A string body is sent as it is, everything else as JSON.</summary>
public record V1Patch
{
    public V1Patch(object body, PatchType type)
    {
        if (type == PatchType.Unknown)
            throw new ArgumentException("The kind of the patch must be given.", nameof(type));
        Content = body ?? throw new ArgumentNullException(nameof(body));
        Type = type;
    }

    public enum PatchType
    {
        Unknown,
        JsonPatch,
        MergePatch,
        StrategicMergePatch,
        ApplyPatch,
    }

    public object Content { get; }

    public PatchType Type { get; }
}
