-- class: callbacks
-- expect: TimedOut
-- A comparator that contradicts itself on a long list, in a loop.
local t = {}
for i = 1, 5000 do t[i] = i end
while true do pcall(table.sort, t, function(a, b) return true end) end
