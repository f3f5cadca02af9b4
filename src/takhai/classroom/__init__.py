"""Days in school, weight and height. See README.md."""
