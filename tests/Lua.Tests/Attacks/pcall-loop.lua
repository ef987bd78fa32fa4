-- class: protected calls
-- expect: TimedOut
-- Catches the stop and starts again.
while true do pcall(function() while true do end end) end
