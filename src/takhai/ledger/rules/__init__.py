"""What the ledger decides of values alone."""
