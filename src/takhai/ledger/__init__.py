"""Double entry in satang; it knows no child, only references. See README.md."""
