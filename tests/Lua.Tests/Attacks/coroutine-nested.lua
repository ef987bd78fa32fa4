-- class: coroutines
-- expect: TimedOut
-- Coroutines inside coroutines down to the C stack, over and over.
local function f() pcall(coroutine.wrap(f)) end
while true do f() end
