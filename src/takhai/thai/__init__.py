"""What is true of Thailand without any programme. See README.md."""
