using System.Text;
using Bulkhead.Lua.Prelude;

namespace Bulkhead.Lua;

/// <summary>
/// The host functions that scripts see. One instance serves any number of VMs; it is compiled to bytecode on first use, so keep one per process.
/// </summary>
public sealed record LuaApi
{
    private readonly Lazy<IReadOnlyList<byte[]>> _bytecode;

    public LuaApi() => _bytecode = new Lazy<IReadOnlyList<byte[]>>(Compile);

    /// <summary>
    /// Names as a script calls them: <c>sleep</c>, or <c>http.get</c> with exactly one namespace. Letters, digits and underscores.
    /// A call goes to <see cref="ILuaHost.CallAsync"/> under this name. Default: none.
    /// </summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Run in order, after the functions exist. Default: none.</summary>
    public IReadOnlyList<LuaPrelude> Preludes { get; init; } = [];

    /// <summary>The chunks to run in a new VM: first the functions (if any), which receives (namespace, plain), then each prelude, which receives (call).</summary>
    internal IReadOnlyList<byte[]> Bytecode => _bytecode.Value;

    internal bool HasFunctions => Functions.Count > 0;

    private List<byte[]> Compile()
    {
        var chunks = new List<byte[]>();
        if (HasFunctions)
            chunks.Add(LuaCompiler.Compile("functions", Declare()));
        chunks.AddRange(Preludes.Select(prelude => LuaCompiler.Compile(prelude.Name, prelude.Source)));
        return chunks;
    }

    private string Declare()
    {
        var source = new StringBuilder("local namespace, plain = ...\n");
        foreach (var group in Functions.Select(Split).GroupBy(name => name.Space, StringComparer.Ordinal))
        {
            if (group.Key.Length > 0)
                source.Append($"namespace(\"{group.Key}\", \" {string.Join(' ', group.Select(name => name.Member))} \")\n");
            else
                source.AppendJoin("", group.Select(name => $"plain(\"{name.Member}\")\n"));
        }

        return source.ToString();
    }

    private static (string Space, string Member) Split(string function)
    {
        var parts = function.Split('.');
        if (parts.Length > 2 || !parts.All(IsName))
            throw new ArgumentException($"'{function}' is not the name of a host function: expected name or namespace.name.", nameof(function));
        return parts.Length == 2 ? (parts[0], parts[1]) : ("", parts[0]);
    }

    private static bool IsName(string part) =>
        part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
