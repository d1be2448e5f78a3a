"""The right to use an asset: bought, rented, renewed, resold; and keys released for it."""
