namespace k8s;

/// <summary>What a watch says about an object. Bookmarks carry only a resource version.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,
    Error,
    Bookmark,
}
