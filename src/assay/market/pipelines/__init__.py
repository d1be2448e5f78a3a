"""Several paid calls as one: each step asks one service, with what the steps before it answered."""
