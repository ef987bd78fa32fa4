-- class: patterns
-- expect: Abandoned
-- The same through gsub.
return string.gsub(("a"):rep(60), ("a-"):rep(30) .. "b", "")
