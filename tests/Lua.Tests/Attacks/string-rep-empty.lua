-- class: huge ranges
-- expect: Abandoned
-- Repeats nothing 2^62 times in one C function.
return string.rep("", 1 << 62)
