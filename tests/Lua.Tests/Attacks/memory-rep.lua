-- class: memory
-- expect: OutOfMemory
-- One string of a gigabyte.
return #string.rep("x", 1 << 30)
