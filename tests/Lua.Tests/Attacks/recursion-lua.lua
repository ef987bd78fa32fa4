-- class: deep recursion
-- expect: Error or OutOfMemory
-- Recursion in Lua.
local function f() return 1 + f() end
return f()
