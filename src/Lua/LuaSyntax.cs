using System.Text;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua;

/// <summary>Checks Lua source without running it. Needs no VM and no worker thread; safe for concurrent use.</summary>
public static class LuaSyntax
{
    /// <summary>The fault of a script, or null.</summary>
    public static LuaSyntaxFault? Check(string source, string chunkName)
    {
        var state = LuaNative.NewPlainState();
        try
        {
            if (LuaLoader.LoadText(state, chunkName, Encoding.UTF8.GetBytes(source)) == LuaCode.Ok)
                return null;
            return Parse(Encoding.UTF8.GetString(LuaFast.StringAt(state, -1)));
        }
        finally
        {
            LuaNative.Close(state);
        }
    }

    /// <summary>The fault of an expression, or null.</summary>
    public static LuaSyntaxFault? CheckExpression(string expression, string chunkName) =>
        string.IsNullOrWhiteSpace(expression)
            ? new LuaSyntaxFault("an expression is expected", 1)
            : Check(AsScript(expression), chunkName);

    internal static string AsScript(string expression) => $"return ({expression}\n)";

    /// <summary>Takes <c>name:line: message</c> apart; the name may hold colons itself.</summary>
    private static LuaSyntaxFault Parse(string error)
    {
        for (var colon = error.IndexOf(':'); colon >= 0; colon = error.IndexOf(':', colon + 1))
        {
            var end = error.IndexOf(": ", colon + 1, StringComparison.Ordinal);
            if (end > colon && int.TryParse(error.AsSpan(colon + 1, end - colon - 1), out var line))
                return new LuaSyntaxFault(error[(end + 2)..], line);
        }

        return new LuaSyntaxFault(error, 1);
    }
}
