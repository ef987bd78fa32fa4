-- class: memory
-- expect: OutOfMemory
-- One table with ever more keys: it doubles.
local t = {}
for i = 1, math.huge do t["key" .. i] = i end
