"""The synthetic country: it writes what real systems would send, and the truth beside it. See README.md."""
