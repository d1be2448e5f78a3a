"""Pictures: reading them safely, fingerprinting them, and telling copies from others."""
