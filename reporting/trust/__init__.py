"""Schools of a trust beside each other: counted figures, and names only where a school has allowed it."""
