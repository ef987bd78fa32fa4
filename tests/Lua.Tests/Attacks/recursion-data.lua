-- class: deep recursion
-- expect: Error or OutOfMemory
-- A result too deep for JSON.
local t = {}
for i = 1, 100000 do t = {t} end
return t
