"""Who sees what of an update: sealed boxes, secure aggregation, differential privacy."""
