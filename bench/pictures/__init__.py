"""Pictures, what is done to them, and the fingerprints they are measured against."""
