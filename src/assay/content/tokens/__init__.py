"""What becomes of content tokens: batches, lists, vouchers, the end, and who is paid."""
