-- class: coroutines
-- expect: TimedOut
-- The same behind wrap, which natively closes after an error.
local w = coroutine.wrap(function()
  local c <close> = setmetatable({}, {__close = function() while true do end end})
  while true do end
end)
pcall(w)
while true do pcall(w) end
