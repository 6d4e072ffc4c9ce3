"""The review of a plan: its sections, what is gathered for it, and how it reads once it is held."""
