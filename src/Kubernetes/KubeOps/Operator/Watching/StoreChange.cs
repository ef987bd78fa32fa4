namespace KubeOps.Operator.Watching;

/// <summary>What a new sight of an object means for the cache. <see cref="Before"/> is null for an object that was not known.</summary>
internal readonly record struct StoreChange(StoredEntity? Before, StoredEntity After)
{
    public bool IsNewVersion => Before?.ResourceVersion != After.ResourceVersion;

    /// <summary>Something that its owner or the API changed in what is wanted; types without generations count every version.</summary>
    public bool IsNewGeneration =>
        Before is null || After.Generation is null || Before.Generation != After.Generation || Before.Deleting != After.Deleting;
}
