using Bulkhead.Lua.Prelude;

namespace Bulkhead.Lua;

/// <summary>
/// The host functions that scripts see. One instance serves any number of VMs; it is compiled to bytecode on first use, so keep one per process.
/// </summary>
public sealed class LuaApi
{
    /// <summary>The sandbox's own, which no namespace may hide.</summary>
    private static readonly string[] Libraries = ["_G", "coroutine", "table", "string", "math", "utf8"];

    private readonly Lazy<HostNames> _names;
    private readonly Lazy<IReadOnlyList<byte[]>> _bytecode;

    public LuaApi()
    {
        _names = new Lazy<HostNames>(Declare);
        _bytecode = new Lazy<IReadOnlyList<byte[]>>(() => [.. Preludes.Select(prelude => LuaCompiler.Compile(prelude.Name, prelude.Source))]);
    }

    /// <summary>
    /// Names as a script calls them: <c>sleep</c>, or <c>http.get</c> with exactly one namespace. Letters, digits and underscores.
    /// A call goes to <see cref="ILuaHost.CallAsync"/> under this name. Default: none.
    /// </summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Run in order, after the functions exist. Default: none.</summary>
    public IReadOnlyList<LuaPrelude> Preludes { get; init; } = [];

    internal HostNames Names => _names.Value;

    /// <summary>The preludes.</summary>
    internal IReadOnlyList<byte[]> Bytecode => _bytecode.Value;

    private HostNames Declare()
    {
        foreach (var function in Functions)
            Check(function);
        return HostNames.Of(Functions);
    }

    private static void Check(string function)
    {
        var parts = function.Split('.');
        if (parts.Length > 2 || !parts.All(IsName) || Libraries.Contains(parts[0]))
            throw new ArgumentException($"'{function}' is not the name of a host function: expected name or namespace.name.", nameof(function));
    }

    private static bool IsName(string part) =>
        part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
