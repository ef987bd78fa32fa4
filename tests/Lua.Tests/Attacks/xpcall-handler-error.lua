-- class: protected calls
-- expect: TimedOut
-- A handler that fails in itself, again and again.
local function h() error("again") end
while true do xpcall(error, h) end
