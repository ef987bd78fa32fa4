-- class: sandbox escapes
-- expect: Error
-- Resumes or closes the coroutine that C# runs.
local main = coroutine.running()
local w = coroutine.wrap(function()
  return coroutine.resume(main), pcall(coroutine.close, main)
end)
local resumed, closed = w()
if resumed or closed then return "escaped" end
error("held")
