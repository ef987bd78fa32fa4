-- class: sandbox escapes
-- expect: Error
-- Gives the null of JSON a metatable.
if pcall(setmetatable, null, {__index = function() end}) then return "escaped" end
if getmetatable(null) ~= nil then return "escaped" end
error("held")
