-- class: patterns
-- expect: TimedOut
-- Slow patterns in a loop, each of them bounded.
local s = ("a"):rep(500)
while true do string.find(s, ".-.-b") end
