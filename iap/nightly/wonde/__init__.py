"""A school's data from Wonde's REST API, as files like any other."""
