"""Value types and pure mathematics that every area shares. Nothing here does input or output."""
