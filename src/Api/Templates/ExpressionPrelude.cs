namespace Bulkhead.Api.Templates;

/// <summary>
/// The Lua functions that translated expressions call, as one chunk that takes (null sentinel, host filters) and returns the table
/// <c>__expr</c>. The host gives <c>tojson</c>, <c>fromjson</c> and <c>sha256</c>; everything else is Lua.
/// </summary>
public static class ExpressionPrelude
{
    /// <summary>Run once per VM: <c>__expr = chunk(null, {tojson = f, fromjson = f, sha256 = f})</c>.</summary>
    public const string Lua = """
        local null, host = ...
        local type, lower, upper, sub, concat, tostring, error, select, pairs =
          type, string.lower, string.upper, string.sub, table.concat, tostring, error, select, pairs
        local len, offset = utf8.len, utf8.offset
        local x = {filters = {}}
        local function absent(v) return v == nil or v == null end
        local falsy = {[""] = true, ["false"] = true, ["0"] = true, ["no"] = true, ["none"] = true}
        function x.absent(v) return absent(v) end
        function x.truth(v)
          if absent(v) or v == false or v == 0 then return false end
          if type(v) == "string" then return not falsy[lower(v)] end
          return true
        end
        function x.get(v, ...)
          for i = 1, select("#", ...) do
            if type(v) ~= "table" then return nil end
            v = v[(select(i, ...))]
          end
          return v
        end
        function x.need(path, v, ...)
          for i = 1, select("#", ...) do
            local key = select(i, ...)
            if type(v) == "table" then v = v[key] else v = nil end
            if v == nil then error("unknown name in '" .. path .. "': there is no '" .. tostring(key) .. "'", 0) end
          end
          return v
        end
        function x.method(v, name, ...)
          if absent(v) then return nil end
          return v[name](v, ...)
        end
        function x.len(v) if absent(v) then return nil end return #v end
        function x.lt(a, b) return not absent(a) and not absent(b) and a < b end
        function x.le(a, b) return not absent(a) and not absent(b) and a <= b end
        function x.gt(a, b) return not absent(a) and not absent(b) and a > b end
        function x.ge(a, b) return not absent(a) and not absent(b) and a >= b end
        function x.ne(a, b) return not absent(a) and not absent(b) and a ~= b end
        function x.add(a, b) if absent(a) or absent(b) then return nil end return a + b end
        function x.sub(a, b) if absent(a) or absent(b) then return nil end return a - b end
        function x.mul(a, b) if absent(a) or absent(b) then return nil end return a * b end
        function x.div(a, b) if absent(a) or absent(b) then return nil end return a / b end
        function x.idiv(a, b) if absent(a) or absent(b) then return nil end return a // b end
        function x.mod(a, b) if absent(a) or absent(b) then return nil end return a % b end
        function x.pow(a, b) if absent(a) or absent(b) then return nil end return a ^ b end
        function x.concat(a, b) if absent(a) or absent(b) then return nil end return a .. b end
        local f = x.filters
        f.tojson, f.json, f.fromjson, f.sha256 = host.tojson, host.tojson, host.fromjson, host.sha256
        function f.upper(v) if absent(v) then return nil end return upper(tostring(v)) end
        function f.lower(v) if absent(v) then return nil end return lower(tostring(v)) end
        function f.length(v)
          if absent(v) then return 0 end
          if type(v) == "string" then return len(v) or #v end
          if #v > 0 then return #v end
          local n = 0
          for _ in pairs(v) do n = n + 1 end
          return n
        end
        f["default"] = function(v, other) if absent(v) then return other end return v end
        function f.truncate(v, n)
          if absent(v) then return nil end
          v = tostring(v)
          local count = len(v)
          if (count or #v) <= n then return v end
          return count and sub(v, 1, offset(v, n + 1) - 1) or sub(v, 1, n)
        end
        function f.join(v, separator)
          if absent(v) then return "" end
          local parts = {}
          for i = 1, #v do parts[i] = absent(v[i]) and "" or tostring(v[i]) end
          return concat(parts, separator)
        end
        function f.first(v) if absent(v) then return nil end if type(v) == "string" then return sub(v, 1, (offset(v, 2) or #v + 1) - 1) end return v[1] end
        function f.last(v) if absent(v) then return nil end if type(v) == "string" then return v == "" and "" or sub(v, (offset(v, -1))) end return v[#v] end
        return x
        """;
}
