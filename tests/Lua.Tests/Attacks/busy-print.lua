-- class: busy loop
-- expect: TimedOut
-- Floods the log.
while true do print(("x"):rep(100)) end
