"""What a contract does, told back in the writer's language, for a person to compare."""
