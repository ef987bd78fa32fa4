-- class: metamethods
-- expect: TimedOut
-- A concatenation that loops.
local t = setmetatable({}, {__concat = function() while true do end end})
return "x" .. t
