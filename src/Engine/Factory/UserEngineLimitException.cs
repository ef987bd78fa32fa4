namespace Bulkhead.Engine.Factory;

/// <summary>The user has as many engines as is allowed. Clean one up, or wait.</summary>
public sealed class UserEngineLimitException(string userId, int active, int limit)
    : EngineCreationException($"User {userId} has reached maximum engine limit ({active}/{limit})");
