"""Which lessons a pupil might return to next, and what speaks for and against each.

`facts` says what is looked at, `weigh` is the pure function, `gather` reads the facts: `stands` what stands about
pupils and their lessons, `since` when their week last changed.
"""
