"""Form นร.01, the score of a household, the committee's word. See README.md."""
