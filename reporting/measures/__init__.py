"""The measures of the overview, by what they are about. Each composes what the other apps know."""
