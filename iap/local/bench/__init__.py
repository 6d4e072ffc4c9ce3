"""The figures that the product promises, measured on a copy of the demo's database.

Counts and sizes rather than bare times, where there is a choice: machines differ.
"""
