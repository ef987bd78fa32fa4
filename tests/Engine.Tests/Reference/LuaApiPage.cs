using System.Text;
using Bulkhead.Engine.Actions;

namespace Bulkhead.Engine.Tests.Reference;

/// <summary>Writes docs/lua-api.md from the signatures of the actions.</summary>
internal static class LuaApiPage
{
    private const string Head = """
        # Host functions

        Generated from the actions' own signatures (`tests/Engine.Tests/Reference/LuaApiPage.cs`); a test holds it true.

        Every function here is a Lua function in a script and an action in a node: `sleep(0.5)` and `uses: sleep, with: {seconds: 0.5}`.
        While a call waits, its script holds no thread. A failure is raised as a Lua error, which `pcall` catches. Beside these a script sees
        Lua's own safe libraries (base, coroutine, table, string, math, utf8), the globals `state`, `variables`, `context`, `null`, and
        `connections.get(name)`, whose methods are `query(sql, parameters)`, `request{...}` and `check()`.


        """;

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var signature in ActionRegistry.BuiltIn.Signatures)
        {
            page.Append($"## {signature.Name}\n\n`{Call(signature)}`\n\n{signature.Summary}\n\n");
            if (signature.Parameters.Count > 0)
            {
                page.Append("| parameter | type | needed | meaning |\n|---|---|---|---|\n");
                foreach (var p in signature.Parameters) page.Append($"| `{p.Name}` | {p.Type} | {(p.Required ? "yes" : "no")} | {p.Summary} |\n");
                page.Append('\n');
            }

            page.Append($"Returns {signature.Returns}.\n\n");
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static string Call(ActionSignature signature)
    {
        var names = signature.Parameters.Where(p => p.Required || !signature.Named).Select(p => p.Required ? p.Name : $"[{p.Name}]");
        return signature.Named ? $"{signature.Name}{{{string.Join(", ", names.Select(n => $"{n} = ..."))}}}" : $"{signature.Name}({string.Join(", ", names)})";
    }
}
