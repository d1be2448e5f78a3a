"""What several processes share beside the database: locks and a cache, in memory or in Redis."""
