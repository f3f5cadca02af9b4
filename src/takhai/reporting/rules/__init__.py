"""What decides a figure from figures: pure."""
