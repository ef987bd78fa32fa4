-- class: sandbox escapes
-- expect: Error
-- Errors with metatables that would run in the host.
local ran = false
local e = setmetatable({}, {__tostring = function() ran = true return "x" end, __index = function() ran = true end, __name = "x"})
pcall(error, e)
if ran then return "escaped" end
error("held")
