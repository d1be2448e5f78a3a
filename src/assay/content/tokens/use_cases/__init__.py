"""One function per intent with content tokens."""
