-- class: busy loop
-- expect: TimedOut
-- An empty loop.
while true do end
