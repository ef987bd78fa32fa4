-- class: deep recursion
-- expect: Error
-- The same through sort.
local function f() table.sort({2, 1}, f) end
f()
