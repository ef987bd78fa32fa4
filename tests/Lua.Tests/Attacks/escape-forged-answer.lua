-- class: sandbox escapes
-- expect: Error
-- Answers a host call itself.
local co = coroutine.create(function() return pcall(sleep, 0) end)
table.sort({2, 1}, function() coroutine.resume(co) coroutine.resume(co, true, "forged") coroutine.resume(co, null, true, "forged") return false end)
local ok, a, b = coroutine.resume(co, true, "forged")
if a == "forged" or b == "forged" then return "escaped" end
error("held")
