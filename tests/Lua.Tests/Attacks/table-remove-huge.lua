-- class: huge ranges
-- expect: Abandoned
-- A false length lets remove shift for ever.
table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)
