"""What a person does with an agreement: have it read, answer, have it built and tried."""
