-- class: patterns
-- expect: Abandoned
-- Backtracking in one C function.
return string.find(("a"):rep(60), ("a?"):rep(60) .. ("a"):rep(60))
