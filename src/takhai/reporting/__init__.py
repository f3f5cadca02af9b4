"""What a round says about itself: words, numbers with one definition each, the term report. See README.md."""
