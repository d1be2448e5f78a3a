"""Schema revisions of all areas, in one line."""
