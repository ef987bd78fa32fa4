-- class: memory
-- expect: TimedOut
-- Large but permitted strings: few instructions take long.
while true do local s = string.rep("x", 3000000) end
