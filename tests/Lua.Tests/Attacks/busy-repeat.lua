-- class: busy loop
-- expect: TimedOut
-- A loop of arithmetic, never calling anything.
local i = 0
repeat i = i + 1 until i < 0
