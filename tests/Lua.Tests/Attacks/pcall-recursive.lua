-- class: protected calls
-- expect: TimedOut
-- Two protected calls per level, 180 levels: doubles at each level.
local function f(n)
  if n > 0 then pcall(f, n - 1) pcall(f, n - 1) end
end
f(180)
while true do end
