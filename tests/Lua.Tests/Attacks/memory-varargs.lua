-- class: memory
-- expect: Error or OutOfMemory
-- As many results as there can be.
local t = {}
for i = 1, 300000 do t[i] = i end
local function f(...) return select("#", ...) + f(...) end
return f(table.unpack(t))
