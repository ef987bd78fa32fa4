-- class: metamethods
-- expect: Error
-- An __index that leads back to itself.
local a, b = {}, {}
setmetatable(a, {__index = b})
setmetatable(b, {__index = a})
return a.x
