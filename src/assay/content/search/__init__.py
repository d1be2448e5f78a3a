"""The index of fingerprints: which registered contents come near to one in question."""
