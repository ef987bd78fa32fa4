-- class: metamethods
-- expect: Error
-- Comparing asks for comparing.
local meta = {}
meta.__eq = function(a, b) return a == b end
return setmetatable({}, meta) == setmetatable({}, meta)
