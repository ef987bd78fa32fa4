-- class: sandbox escapes
-- expect: Error
-- Looks for addresses in every text.
local texts = {tostring({}), tostring(print), tostring(coroutine.create(print)), tostring(null), string.format("%s %s", {}, print),
  tostring(setmetatable({}, {__name = "n"})), select(2, pcall(error, {})) and "" or "", select(2, pcall(function() return {} + 1 end)),
  select(2, pcall(function() return print < print end)), select(2, pcall(string.rep, print)), tostring(http), tostring(string.gmatch("x", "x"))}
for _, text in ipairs(texts) do
  if text:find("0x", 1, true) or text:find("%x%x%x%x%x%x%x%x") then return "escaped: " .. text end
end
if pcall(string.format, "%p", {}) or pcall(string.format, "%%%-10p", {}) then return "escaped" end
if select("#", math.randomseed()) > 0 then return "escaped" end
error("held")
