"""What payments decides of one line, one transfer, one row of an answer."""
