"""What must hold for a clause to apply, and when; `reading` has the entry."""
