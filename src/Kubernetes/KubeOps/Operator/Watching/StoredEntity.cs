namespace KubeOps.Operator.Watching;

/// <summary>
/// An object as the cache holds it: JSON, which is a third of the size of the object tree, and of which everybody gets a copy of their own.
/// </summary>
internal sealed record StoredEntity(byte[] Json, string ResourceVersion, long? Generation, bool Deleting);
