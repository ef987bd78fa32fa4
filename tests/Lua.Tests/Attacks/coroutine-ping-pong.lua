-- class: coroutines
-- expect: TimedOut
-- Two coroutines hand a value to and fro.
local a = coroutine.wrap(function() while true do coroutine.yield(1) end end)
local b = coroutine.wrap(function() while true do coroutine.yield(a()) end end)
while true do b() end
