"""What benefits decides of one pupil."""
