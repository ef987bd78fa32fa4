-- class: callbacks
-- expect: TimedOut
-- gsub inside gsub down to the C stack, in a loop.
local function f() return (string.gsub("xx", ".", function() pcall(f) return "y" end)) end
while true do pcall(f) end
