"""From a frozen list to money that was received, or came back. See README.md."""
