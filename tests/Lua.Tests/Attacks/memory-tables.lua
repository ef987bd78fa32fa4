-- class: memory
-- expect: OutOfMemory
-- Tables without end.
local t = {}
while true do t[#t + 1] = {} end
