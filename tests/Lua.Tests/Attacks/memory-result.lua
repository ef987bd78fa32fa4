-- class: memory
-- expect: Error
-- A result that is small in memory and huge as JSON.
local s = ("x"):rep(1000000)
local t = {}
for i = 1, 100000 do t[i] = s end
return t
