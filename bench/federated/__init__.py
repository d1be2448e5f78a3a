"""What the benchmarks of training together share: their data."""
