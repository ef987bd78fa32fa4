-- class: busy loop
-- expect: TimedOut
-- A counted loop over all integers.
for i = math.mininteger, math.maxinteger do end
