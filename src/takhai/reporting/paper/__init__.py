"""The parts of the term report: plain values in both languages, then one template."""
