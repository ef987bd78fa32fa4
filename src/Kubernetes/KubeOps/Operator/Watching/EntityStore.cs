using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.Operator.Queue;

namespace KubeOps.Operator.Watching;

/// <summary>
/// What is known of all objects of one watch: those that are there, and those that went and whose end is not yet handled.
/// </summary>
internal sealed class EntityStore<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityKey, StoredEntity> _present = [];
    private readonly Dictionary<EntityKey, StoredEntity> _gone = [];
    private readonly Dictionary<(string Namespace, string Name), string> _uids = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _present.Count;
        }
    }

    public StoreChange Put(TEntity entity)
    {
        var key = EntityKey.Of(entity);
        var after = Pack(entity);
        lock (_lock)
        {
            _present.TryGetValue(key, out var before);
            _present[key] = after;
            _uids[(key.Namespace, key.Name)] = key.Uid;
            return new(before, after);
        }
    }

    /// <returns>False: it was not known, so nobody needs to hear of its end.</returns>
    public bool Remove(EntityKey key, TEntity? last = default)
    {
        var packed = last is null ? null : Pack(last);
        lock (_lock)
            return RemoveLocked(key, packed);
    }

    /// <summary>After a list: what it does not contain is gone.</summary>
    public IReadOnlyList<EntityKey> RemoveAllBut(IReadOnlySet<EntityKey> seen)
    {
        lock (_lock)
        {
            var gone = _present.Keys.Where(k => !seen.Contains(k)).ToList();
            foreach (var key in gone)
                RemoveLocked(key, null);
            return gone;
        }
    }

    public IReadOnlyList<EntityKey> Keys()
    {
        lock (_lock)
            return [.. _present.Keys];
    }

    public (StoredEntity? Present, StoredEntity? Gone) Find(EntityKey key)
    {
        lock (_lock)
            return (_present.GetValueOrDefault(key), _gone.GetValueOrDefault(key));
    }

    /// <summary>The key of an object, also of one that is named without its uid. Null: not known.</summary>
    public EntityKey? Known(EntityKey key)
    {
        lock (_lock)
        {
            if (key.Uid.Length == 0 && _uids.TryGetValue((key.Namespace, key.Name), out var uid))
                key = key with { Uid = uid };
            return _present.ContainsKey(key) || _gone.ContainsKey(key) ? key : null;
        }
    }

    /// <summary>The end of an object is handled.</summary>
    public void Forget(EntityKey key)
    {
        lock (_lock)
            _gone.Remove(key);
    }

    public static TEntity Unpack(StoredEntity stored) => JsonSerializer.Deserialize<TEntity>(stored.Json, KubernetesJson.Options)!;

    private bool RemoveLocked(EntityKey key, StoredEntity? last)
    {
        if (!_present.Remove(key, out var before))
            return false;
        _gone[key] = last ?? before;
        if (_uids.TryGetValue((key.Namespace, key.Name), out var uid) && uid == key.Uid)
            _uids.Remove((key.Namespace, key.Name));
        return true;
    }

    private static StoredEntity Pack(TEntity entity) => new(
        JsonSerializer.SerializeToUtf8Bytes(entity, KubernetesJson.Options), entity.ResourceVersion() ?? "", entity.Generation(),
        entity.DeletionTimestamp() is not null);
}
