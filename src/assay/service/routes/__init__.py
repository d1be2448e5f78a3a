"""Routes, one module per area: parse, call the use case, answer. Each has a `router`."""
