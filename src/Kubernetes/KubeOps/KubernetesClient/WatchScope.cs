using k8s;

namespace KubeOps.KubernetesClient;

/// <summary>What is watched, and for how long at a time.</summary>
internal sealed record WatchScope(string? Namespace, string? LabelSelector, string? FieldSelector)
{
    public bool Bookmarks { get; init; } = true;

    /// <summary>After which the server shall end the watch. Null: its own limit (30 to 60 minutes).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How much longer than that silence is borne.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    public ApiRequest Request(EntityRoute route, string? resourceVersion) => new(HttpMethod.Get, route.Collection(Namespace))
    {
        Query =
        [
            ("watch", "true"), ("allowWatchBookmarks", Bookmarks ? "true" : null), ("resourceVersion", resourceVersion),
            ("labelSelector", LabelSelector), ("fieldSelector", FieldSelector), ("timeoutSeconds", Timeout?.TotalSeconds.ToString("0")),
        ],
    };
}
