-- class: busy loop
-- expect: TimedOut
-- Endless tail calls use no stack.
local function f() return f() end
f()
