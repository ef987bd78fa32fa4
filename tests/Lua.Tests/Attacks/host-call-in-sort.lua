-- class: callbacks
-- expect: Error
-- A host call where no yield is possible.
table.sort({3, 2, 1}, function(a, b) sleep(0) return a < b end)
