using Bulkhead.Api.Templates;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scripting;

/// <summary>The names that a script can call beside Lua's own safe libraries: every action, and <c>connections</c>.</summary>
internal static class ScriptApi
{
    public const string ConnectionCall = "connections.call";

    /// <summary><c>connections.get("orders"):query(sql, {params})</c>: a proxy table; the handle itself never enters the VM.</summary>
    private const string Connections = """
        local call = ...
        local methods = {}
        function methods.query(self, sql, parameters) return call("connections.call", self.name, "query", {sql = sql, parameters = parameters}) end
        function methods.request(self, request) return call("connections.call", self.name, "request", request or {}) end
        function methods.check(self) return call("connections.call", self.name, "check", {}) end
        local meta = {__index = methods, __metatable = "connection"}
        connections = {get = function(name)
            if type(name) ~= "string" and math.type(name) ~= "integer" then error("connections.get: the name must be a string", 2) end
            return setmetatable({name = name}, meta)
        end}
        """;

    /// <summary>What translated expressions call; hashing and JSON text are the host's.</summary>
    private const string Expressions = $$"""
        local call = ...
        local function host(name) return function(v) return call(name, v) end end
        __expr = (function(...)
        {{ExpressionPrelude.Lua}}
        end)(null, {tojson = host("json.stringify"), fromjson = host("json.parse"), sha256 = host("hash.sha256")})
        """;

    public static LuaApi Instance { get; } = Of(new LuaPrelude("connections", Connections), new LuaPrelude("expressions", Expressions));

    /// <summary>For documents of Lua nodes and unconditional edges only: such a VM is smaller and sooner ready.</summary>
    public static LuaApi WithoutExpressions { get; } = Of(new LuaPrelude("connections", Connections));

    public static LuaApi For(Workflow workflow) =>
        workflow.AllNodes().Any(n => n.Work is not LuaWork) || workflow.Transitions.Values.Any(rules => rules.Any(r => r.When is not null))
            ? Instance
            : WithoutExpressions;

    private static LuaApi Of(params LuaPrelude[] preludes) => new()
    {
        Functions = [.. ActionRegistry.BuiltIn.Signatures.Select(s => s.Name)],
        Preludes = preludes,
    };
}
