"""When: dates, deadlines, durations and what recurs; `reading` has the entry."""
