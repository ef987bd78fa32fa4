-- class: sandbox escapes
-- expect: Error
-- Looks for a path of the host in messages.
for _, f in ipairs {function() return nil + 1 end, function() error("x") end, function() string.rep() end, function() sleep({print}) end} do
  local _, e = pcall(f)
  if tostring(e):find("/", 1, true) then return "escaped: " .. e end
end
error("held")
