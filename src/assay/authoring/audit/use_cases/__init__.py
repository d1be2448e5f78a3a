"""What an audit does, step by step."""
