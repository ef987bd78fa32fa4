-- The trusted part of every VM: takes dangerous functions away, wraps the rest, and turns host functions into yields.
-- Runs once, before any script. Scripts never get hold of `marker`, of native resume, wrap and close, or of `stopped`.
local marker, null, array_type, names, spaces, plain, stopped, deep, write, seed_a, seed_b = ...

local _G, type, error, pcall, select, tostring, rawget, rawset = _G, type, error, pcall, select, tostring, rawget, rawset
local setmetatable, getmetatable = setmetatable, getmetatable
local find, match, gsub, format = string.find, string.match, string.gsub, string.format
local concat, sort = table.concat, table.sort
local create, resume, close = coroutine.create, coroutine.resume, coroutine.close
local yield, isyieldable = coroutine.yield, coroutine.isyieldable
local seed, random = math.randomseed, math.random

-- Host calls. C# takes a yield as a host call only with the marker, and the stub takes a resume as the answer only with it.
local function answer(m, ok, ...)
  if m ~= marker then error("the answer to a host call was lost", 0) end
  if ok then return ... end
  error((...), 0)
end

local function call(name, ...)
  if not isyieldable() then error("host call not possible here", 0) end
  return answer(yield(marker, name, ...))
end

-- Coroutines. A host call inside a coroutine travels outwards through each resume, its answer inwards.
-- `stopped` comes first: a coroutine that ends within few instructions never meets the count hook.
local function pass(co, ok, m, ...)
  if not ok or m ~= marker then return ok, m, ... end
  if isyieldable() then return pass(co, resume(co, yield(m, ...))) end
  return pass(co, resume(co, marker, false, "host call not possible here"))
end

local function stop_here()
  if stopped() then error("stopped", 0) end
end

-- Faults of arguments name the script's line: Lua itself would look one function up and find the prelude's, which have none.
local function placed(ok, ...)
  if ok then return ... end
  local fault = (...)
  local word = type(fault) == "string" and match(fault, "^%l+ ")
  error(fault, word and find("bad invalid malformed unfinished missing pattern ", word, 1, true) and 2 or 0)
end

local function expect(value, kind, name)
  if type(value) ~= kind then
    error(format("bad argument #1 to '%s' (%s expected, got %s)", name, kind, value == nil and "no value" or type(value)), 3)
  end
end

function coroutine.resume(co, ...)
  stop_here()
  expect(co, "thread", "resume")
  return pass(co, resume(co, ...))
end

function coroutine.close(co)
  stop_here()
  expect(co, "thread", "close")
  return close(co)
end

local function unwrap(co, ok, ...)
  if ok then return ... end
  local fault = (...)
  if not stopped() then
    local closed, other = close(co)
    if not closed and other ~= nil then fault = other end
  end
  error(fault, 0)
end

function coroutine.wrap(f)
  expect(f, "function", "wrap")
  local co = create(f)
  return function(...)
    stop_here()
    return unwrap(co, pass(co, resume(co, ...)))
  end
end

-- Functions in C that may take long for few instructions: a loop over them must meet the clock more often than the count hook does.
local function watched(f)
  return function(...)
    stop_here()
    return placed(pcall(f, ...))
  end
end

string.find, string.match, string.gsub, table.sort = watched(find), watched(match), watched(gsub), watched(sort)

-- pcall refuses to begin too deep: errors can pile protected calls up to the size of the stack, and unwinding each of
-- them costs its depth.
local function protected(f, ...)
  if deep() then error("stack overflow (protected call)", 0) end
  return pcall(f, ...)
end

_G.pcall = protected

-- xpcall runs its handler after unwinding: at the place of an error raised by the count hook, hooks are off.
local function handled(handler, ok, ...)
  if ok then return ok, ... end
  local _, result = protected(handler, (...))
  return false, result
end

function xpcall(f, handler, ...)
  return handled(handler, protected(f, ...))
end

-- Metatables. No finalizers; the metatables of strings and of null are out of reach.
function _G.setmetatable(t, meta)
  expect(t, "table", "setmetatable")
  if type(meta) == "table" and rawget(meta, "__gc") ~= nil then error("a metatable with __gc is not allowed", 2) end
  setmetatable(t, meta)
  return t
end

getmetatable("").__metatable = false

-- Addresses. They show neither through tostring nor through format.
local hides = {table = true, ["function"] = true, thread = true, userdata = true}

local function text(...)
  if (...) == null then return "null" end
  local s = tostring(...)
  if hides[type((...))] then s = gsub(s, ": 0x%x+$", "") end
  return s
end

_G.tostring = text

local function hidden(value, ...)
  if select("#", ...) == 0 then return hides[type(value)] and text(value) or value end
  return hides[type(value)] and text(value) or value, hidden(...)
end

function string.format(pattern, ...)
  if type(pattern) == "string" and find(pattern, "p", 1, true)
    and find((gsub(pattern, "%%%%", "")), "%%[-+ #0-9.]*p") then
    error("bad argument #1 to 'format' (%p is not allowed)", 2)
  end
  if select("#", ...) == 0 then return placed(pcall(format, pattern)) end
  return placed(pcall(format, pattern, hidden(...)))
end

function print(...)
  local line = {...}
  for i = 1, select("#", ...) do line[i] = text(line[i]) end
  write(concat(line, "\t"))
end

-- Random numbers. Lua would take its seeds from an address.
seed(seed_a, seed_b)

function math.randomseed(...)
  if select("#", ...) == 0 then seed(random(0), random(0)) else seed(...) end
end

-- What a sandbox has no use for.
for _, name in ipairs {"dofile", "loadfile", "load", "collectgarbage", "warn", "require"} do _G[name] = nil end
string.dump = nil

-- JSON. `null` is the null inside arrays and objects; `array` marks a table, so that an empty one is [] and not {}.
_G.null = null

function array(t)
  if t == nil then t = {} end
  if type(t) ~= "table" then error("bad argument #1 to 'array' (table expected, got " .. type(t) .. ")", 2) end
  return setmetatable(t, array_type)
end

-- Host functions: names is " sleep http.get ", spaces "http", plain "sleep". A namespace's members become functions on first use.
local space_of = {}
local members = {__index = function(space, key)
  local full = type(key) == "string" and not find(key, "[^%w_]") and space_of[space] .. "." .. key
  if not full or not find(names, " " .. full .. " ", 1, true) then return nil end
  local f = function(...) return call(full, ...) end
  rawset(space, key, f)
  return f
end}

for space in string.gmatch(spaces, "%S+") do
  local t = setmetatable({}, members)
  _G[space], space_of[t] = t, space
end

for name in string.gmatch(plain, "%S+") do
  _G[name] = function(...) return call(name, ...) end
end

return call, pcall
