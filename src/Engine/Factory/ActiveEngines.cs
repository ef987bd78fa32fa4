using Bulkhead.Engine.Contexts;

namespace Bulkhead.Engine.Factory;

/// <summary>The engines that exist, and the places that users have for them. A place is taken before anything is prepared.</summary>
internal sealed class ActiveEngines(int maxPerUser)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string User), int> _places = [];
    private readonly List<UserExecutionEngine> _engines = [];

    public int Count
    {
        get
        {
            lock (_lock) return _engines.Count;
        }
    }

    public IReadOnlyList<UserExecutionEngine> All
    {
        get
        {
            lock (_lock) return [.. _engines];
        }
    }

    /// <exception cref="UserEngineLimitException">Every place of the user is taken.</exception>
    public void TakePlace(UserExecutionContext context)
    {
        lock (_lock)
        {
            var taken = _places.GetValueOrDefault(Owner(context));
            if (taken >= maxPerUser) throw new UserEngineLimitException(context.UserId, taken, maxPerUser);
            _places[Owner(context)] = taken + 1;
        }
    }

    public void GiveBackPlace(UserExecutionContext context)
    {
        lock (_lock) GiveBack(context);
    }

    /// <exception cref="ContextIsolationException">The context shares something that changes with an engine's, or has an engine already.</exception>
    public void Add(UserExecutionEngine engine)
    {
        lock (_lock)
        {
            foreach (var other in _engines)
            {
                engine.Context.VerifyIsolation(other.Context);
                if (other.Context.ExecutionUid != engine.Context.ExecutionUid) continue;
                throw new ContextIsolationException($"{engine.Context.ExecutionId} has an engine already.");
            }

            _engines.Add(engine);
        }
    }

    /// <summary>True for the one caller who took it out.</summary>
    public bool Remove(UserExecutionEngine engine)
    {
        lock (_lock)
        {
            if (!_engines.Remove(engine)) return false;
            GiveBack(engine.Context);
            return true;
        }
    }

    private void GiveBack(UserExecutionContext context)
    {
        var left = _places[Owner(context)] - 1;
        if (left == 0) _places.Remove(Owner(context));
        else _places[Owner(context)] = left;
    }

    private static (string Tenant, string User) Owner(UserExecutionContext context) => (context.TenantId, context.UserId);
}
