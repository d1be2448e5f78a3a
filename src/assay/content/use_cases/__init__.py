"""What users do with content: mint, verify, show, and keep the index of fingerprints."""
