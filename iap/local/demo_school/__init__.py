"""Two invented schools to try everything on: the same every time, but for the date they are made around.

`files` writes what a school's own system would export, and the real import reads it. `provision`, `stories`
and `days` then do what its staff would have done, through the same actions as the pages, the clock held at
the moment it would have happened. Nobody in them is a real person.
"""
