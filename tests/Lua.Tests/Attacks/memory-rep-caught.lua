-- class: memory
-- expect: TimedOut
-- The same, caught and tried again for ever.
while true do pcall(string.rep, "x", 1 << 30) end
