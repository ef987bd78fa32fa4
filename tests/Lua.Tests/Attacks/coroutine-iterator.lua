-- class: coroutines
-- expect: TimedOut
-- A generic for over a coroutine that never ends.
for x in coroutine.wrap(function() while true do coroutine.yield(1) end end) do end
