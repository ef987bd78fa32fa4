-- class: sandbox escapes
-- expect: Error
-- Yields something like a host call from inside a coroutine.
local co = coroutine.wrap(function() return coroutine.yield(null, "sleep", 0) end)
if co() ~= null then return "escaped" end
error("held")
