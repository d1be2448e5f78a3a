"""A task to look at: plots of its rounds, and a page that needs nothing but itself."""
