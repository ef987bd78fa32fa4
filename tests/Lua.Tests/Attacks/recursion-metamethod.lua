-- class: deep recursion
-- expect: Error
-- The same through tostring.
local t = setmetatable({}, {__tostring = function(t) return tostring(t) end})
return tostring(t)
