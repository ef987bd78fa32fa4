-- class: sandbox escapes
-- expect: Error
-- Bytecode has no checks; nothing may load it.
for _, f in ipairs {load or false, loadstring or false, string.dump or false} do
  if f then return "escaped" end
end
error("held")
