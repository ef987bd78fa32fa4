-- class: huge ranges
-- expect: Error
-- Unpacks a range that is not there.
return table.unpack({}, 1, 1e8)
