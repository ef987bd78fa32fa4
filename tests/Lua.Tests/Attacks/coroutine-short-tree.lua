-- class: coroutines
-- expect: TimedOut
-- Short coroutines that start short coroutines, four at each of 90 levels.
local function f(n)
  if n == 0 then return end
  for i = 1, 4 do pcall(coroutine.wrap(f), n - 1) end
end
f(90)
while true do end
