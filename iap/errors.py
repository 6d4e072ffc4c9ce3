"""How the product says no."""


class Refused(Exception):
    """A rule of the service says no. The message is written for the person who asked."""


class Conflict(Refused):
    """The same entry was already kept with other content; nothing was overwritten."""
