"""Today: who is where in one period of one day, and what there is to do.

`moment` settles which day and period; `state` reads what was logged; `build` puts the board together in the
same number of queries however many pupils there are.
"""
