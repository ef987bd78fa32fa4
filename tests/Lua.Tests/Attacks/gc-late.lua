-- class: finalizers
-- expect: Error
-- Adds the finalizer after the metatable is in place, then makes garbage.
local meta, ran = {}, false
for i = 1, 100 do setmetatable({}, meta) end
meta.__gc = function() ran = true end
for i = 1, 200000 do local t = {i} end
if ran then return "escaped" end
error("held")
