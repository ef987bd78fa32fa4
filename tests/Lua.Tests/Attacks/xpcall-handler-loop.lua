-- class: protected calls
-- expect: TimedOut
-- The handler never returns; at the place of the error hooks would be off.
xpcall(function() while true do end end, function() while true do end end)
while true do end
