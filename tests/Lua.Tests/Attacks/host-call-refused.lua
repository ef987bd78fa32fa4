-- class: callbacks
-- expect: TimedOut
-- Host calls that are refused before they begin, for ever: the host must not answer them on an ever deeper stack.
while true do pcall(sleep, print) end
