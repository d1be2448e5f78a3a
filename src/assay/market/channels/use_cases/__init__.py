"""What a provider does with channels: claim, pay out, report."""
