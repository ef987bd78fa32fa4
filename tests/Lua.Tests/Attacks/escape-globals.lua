-- class: sandbox escapes
-- expect: Error
-- Replaces what the host relies on, then calls it.
for _, name in ipairs {"error", "pcall", "select", "type", "rawset", "tostring"} do _G[name] = function() return "mine" end end
error = nil
setmetatable(_G, {__index = function() return "mine" end, __newindex = function() end})
string.find, string.gsub, coroutine.resume, coroutine.yield = nil, nil, nil, nil
print("x")
local x = nil + 1
error("held")
