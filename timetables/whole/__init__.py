"""The whole provision at a glance: who is where now, and its week by group, by adult and by pupil."""
