"""Who a service is, and what those who paid it say of it, by ERC-8004."""
