namespace Bulkhead.Lua.Json;

/// <summary>A value that JSON (or the VM) cannot hold. The message names the path. Thrown and caught in C# only, never through Lua.</summary>
internal sealed class LuaJsonException(string message) : Exception(message);
