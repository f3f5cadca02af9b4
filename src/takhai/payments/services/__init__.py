"""Writers of payments."""
