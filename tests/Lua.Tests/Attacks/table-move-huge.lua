-- class: huge ranges
-- expect: Abandoned
-- Moves all integers inside one C function.
table.move({}, 1, math.maxinteger - 1, 2)
