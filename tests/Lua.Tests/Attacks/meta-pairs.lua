-- class: metamethods
-- expect: TimedOut
-- pairs hands out an iterator that never ends.
for k in pairs(setmetatable({}, {__pairs = function() return function() return 1 end end})) do end
