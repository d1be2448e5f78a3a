"""Terms that no verb tells: prices, rates, shares, spans of time."""
