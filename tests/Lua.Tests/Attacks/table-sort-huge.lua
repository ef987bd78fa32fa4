-- class: huge ranges
-- expect: Error
-- Sorts a list with a false length.
table.sort(setmetatable({}, {__len = function() return 1 << 40 end}))
