"""The page of a round: plain values made from a summary, then one template."""
