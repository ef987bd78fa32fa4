-- class: deep recursion
-- expect: Error
-- Recursion through C: the C stack must not end first.
local function f() return (string.gsub("x", ".", f)) end
return f()
