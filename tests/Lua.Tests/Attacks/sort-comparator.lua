-- class: callbacks
-- expect: TimedOut
-- The comparator never answers.
table.sort({3, 2, 1}, function() while true do end end)
