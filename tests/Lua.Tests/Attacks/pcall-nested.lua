-- class: protected calls
-- expect: TimedOut
-- Twenty levels of catching.
local function f(n)
  while true do
    if n == 0 then while true do end end
    pcall(f, n - 1)
  end
end
f(20)
