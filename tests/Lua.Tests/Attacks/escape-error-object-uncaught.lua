-- class: sandbox escapes
-- expect: Error
-- The same, uncaught.
error(setmetatable({}, {__tostring = function() while true do end end, __index = function() while true do end end}))
