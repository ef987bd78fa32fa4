-- class: memory
-- expect: OutOfMemory
-- Closures without end.
local t = {}
for i = 1, math.huge do t[i] = function() return t, i end end
