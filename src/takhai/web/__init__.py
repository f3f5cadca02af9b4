"""The shell and the pages that show several rooms at once. See README.md."""
