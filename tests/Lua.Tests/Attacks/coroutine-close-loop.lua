-- class: coroutines
-- expect: TimedOut
-- Closes a coroutine whose variable never lets itself be closed.
local co = coroutine.create(function()
  local c <close> = setmetatable({}, {__close = function() while true do end end})
  coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
