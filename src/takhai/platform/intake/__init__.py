"""Files from outside come in two phases: check (nothing is written), then commit (good rows only)."""
