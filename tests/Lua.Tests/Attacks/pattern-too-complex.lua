-- class: patterns
-- expect: Error
-- A pattern that recurses in C.
return string.find(("a"):rep(300000), ("(a)"):rep(33))
