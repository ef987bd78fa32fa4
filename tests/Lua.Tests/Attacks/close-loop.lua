-- class: closing
-- expect: TimedOut
-- A variable whose closing never ends.
do local c <close> = setmetatable({}, {__close = function() while true do end end}) end
