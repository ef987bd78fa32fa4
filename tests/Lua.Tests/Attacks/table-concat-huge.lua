-- class: huge ranges
-- expect: Error
-- Joins a range that is not there.
return table.concat({}, ",", 1, math.maxinteger)
