-- class: sandbox escapes
-- expect: Error
-- Changes what all strings do.
local meta = getmetatable("")
if type(meta) == "table" then return "escaped" end
if pcall(setmetatable, "", {}) then return "escaped" end
error("held")
