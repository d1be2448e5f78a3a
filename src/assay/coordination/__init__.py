"""What several workers share beside the database: locks and a cache, in process or in Redis."""
