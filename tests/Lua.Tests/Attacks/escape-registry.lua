-- class: sandbox escapes
-- expect: Error
-- Looks for libraries behind metatables and upvalues.
local seen = {}
local function walk(t)
  if type(t) ~= "table" or seen[t] then return end
  seen[t] = true
  for k, v in next, t do
    if k == "execute" or k == "popen" or k == "sethook" or k == "loadlib" or k == "dump" or k == "getregistry" then escaped = k end
    walk(v)
  end
  walk(getmetatable(t))
end
walk(_G)
if escaped then return "escaped: " .. escaped end
error("held")
