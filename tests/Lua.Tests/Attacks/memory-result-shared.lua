-- class: memory
-- expect: Error
-- A result with 2^40 values in 40 tables.
local t = {1}
for i = 1, 40 do t = {t, t} end
return t
