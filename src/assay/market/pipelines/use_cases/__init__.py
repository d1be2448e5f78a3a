"""What a user of pipelines wants done."""
