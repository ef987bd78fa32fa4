namespace Bulkhead.Engine.Factory;

/// <summary>The factory could not create an engine. The inner exception says why, where there is one.</summary>
public class EngineCreationException(string message, Exception? inner = null) : Exception(message, inner);
