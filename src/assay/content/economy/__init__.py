"""What content earns: tips, subscriptions to creators, and reposts that pay their original."""
