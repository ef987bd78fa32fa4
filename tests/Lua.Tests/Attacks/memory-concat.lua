-- class: memory
-- expect: OutOfMemory
-- A buffer of C grows without end: __index answers for every item.
return #table.concat(setmetatable({}, {__index = function() return ("x"):rep(100000) end}), ",", 1, 1 << 30)
