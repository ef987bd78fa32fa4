-- class: memory
-- expect: OutOfMemory
-- Fills the VM with small tables, then makes garbage at the limit: each object would cost a full collection.
local keep = {}
local chunk = {}
while true do
  pcall(function() for i = 1, 1000 do keep[#keep + 1] = {i} end end)
  for i = 1, 100 do pcall(function() chunk = {i, {}, {}} end) end
end
