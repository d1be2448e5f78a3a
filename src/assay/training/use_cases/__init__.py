"""What members of a task do in its rounds: nodes, validators, the server, and who checks later."""
