"""The contracts of reposts, tips and subscriptions: read, acted on, and their receipts."""
