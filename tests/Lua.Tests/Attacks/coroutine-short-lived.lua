-- class: coroutines
-- expect: TimedOut
-- Each coroutine ends before its instruction counter does.
while true do coroutine.wrap(function() local x = 1 end)() end
