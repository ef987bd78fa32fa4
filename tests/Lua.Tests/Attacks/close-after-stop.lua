-- class: closing
-- expect: TimedOut
-- Twenty variables, each of whose closing loops when the stop unwinds.
local function f(n)
  local c <close> = setmetatable({}, {__close = function() while true do end end})
  if n > 0 then f(n - 1) end
  while true do end
end
pcall(f, 20)
while true do end
