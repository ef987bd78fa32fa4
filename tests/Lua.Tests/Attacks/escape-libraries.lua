-- class: sandbox escapes
-- expect: Error
-- Looks for libraries that reach the machine.
for _, name in ipairs {"os", "io", "package", "debug", "require", "load", "loadfile", "dofile", "loadstring", "luanet", "import"} do
  if _G[name] ~= nil then return "escaped: " .. name end
end
error("held")
