"""How the product says no."""


class Refused(Exception):
    """A rule of the service says no, in one sentence or several, written for the person who asked."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args))


class Conflict(Refused):
    """The same entry was already kept with other content; nothing was overwritten."""
