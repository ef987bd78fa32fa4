-- class: deep recursion
-- expect: TimedOut
-- Protected calls whose handlers make protected calls: after each overflow of the C stack Lua goes on from an empty one, ever deeper.
local function f() return xpcall(f, f) end
while true do f() end
