-- class: coroutines
-- expect: TimedOut
-- Stopped inside; a native close would run the closing loop without hooks.
local co = coroutine.create(function()
  local c <close> = setmetatable({}, {__close = function() while true do end end})
  while true do end
end)
coroutine.resume(co)
while true do pcall(coroutine.close, co) end
