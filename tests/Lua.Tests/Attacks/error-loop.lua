-- class: protected calls
-- expect: TimedOut
-- Errors with tables that hold the former error.
local last
while true do
  local ok, e = pcall(error, {cause = last and last.cause})
  last = e
end
