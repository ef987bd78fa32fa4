-- class: memory
-- expect: OutOfMemory
-- Catches the lack of memory and goes on.
local t = {}
while true do pcall(function() while true do t[#t + 1] = {} end end) end
