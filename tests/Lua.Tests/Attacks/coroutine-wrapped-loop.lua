-- class: coroutines
-- expect: TimedOut
-- The loop sits in a wrapped coroutine.
local w = coroutine.wrap(function() while true do end end)
while true do pcall(w) end
