-- class: callbacks
-- expect: TimedOut
-- The replacement never comes.
string.gsub(("x"):rep(100), ".", function() while true do end end)
