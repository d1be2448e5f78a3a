"""What must hold for a clause to apply; `reading` has the entry."""
