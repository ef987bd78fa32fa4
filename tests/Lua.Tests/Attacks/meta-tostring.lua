-- class: metamethods
-- expect: TimedOut
-- Printing a value loops.
print(setmetatable({}, {__tostring = function() while true do end end}))
