"""What people do with identities: register a service, rate one, and look at it."""
