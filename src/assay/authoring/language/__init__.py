"""Values that every language speaks of: quantities, calendar dates, durations."""
