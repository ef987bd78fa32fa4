-- class: memory
-- expect: OutOfMemory
-- The memory is taken inside a coroutine under pcall.
while true do
  coroutine.wrap(function() local t = {} pcall(function() while true do t[#t + 1] = {#t} end end) end)()
end
