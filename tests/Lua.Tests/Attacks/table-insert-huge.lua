-- class: huge ranges
-- expect: Abandoned
-- The same for insert.
table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, "x")
