"""Training together: tasks, rounds, committee, aggregation, contribution and rewards."""
