using System.Text.Json;

namespace Bulkhead.Lua;

/// <summary>The other side of a script's host calls.</summary>
public interface ILuaHost
{
    /// <summary>
    /// Does the work of one host call. The synchronous part runs on the script's own thread: it must not block; while the returned
    /// task is pending no thread is held.
    /// </summary>
    /// <param name="function">The function's dotted name, as declared in <see cref="LuaApi.Functions"/> or used by a prelude.</param>
    /// <param name="arguments">A JSON array; a nil argument is null.</param>
    /// <param name="cancellationToken">Cancelled at the script's deadline and with its run.</param>
    /// <returns>The answer, or null for nil.</returns>
    /// <exception cref="LuaHostException">Its message is raised in the script as an error. Any other exception is raised as "internal error".</exception>
    ValueTask<JsonElement?> CallAsync(string function, JsonElement arguments, CancellationToken cancellationToken);
}
