"""Which lessons a pupil might return to next, and what speaks for and against each.

`facts` says what is looked at, `weigh` is the pure function, `gather` reads the facts.
"""
