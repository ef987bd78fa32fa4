-- class: coroutines
-- expect: Error
-- Yields what looks like a host call to the host itself.
coroutine.yield(print, "sleep", 1)
