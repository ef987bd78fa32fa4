-- class: busy loop
-- expect: TimedOut
-- A loop without a loop statement.
::again::
goto again
