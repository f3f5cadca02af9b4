"""From the list of a round to a frozen list of amounts. See README.md."""
