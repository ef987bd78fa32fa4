-- class: callbacks
-- expect: TimedOut
-- Host calls without end, through coroutines.
local w = coroutine.wrap(function() while true do coroutine.yield(pcall(sleep, 0)) end end)
while true do w() end
