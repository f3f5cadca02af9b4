"""The only writers of access."""
