"""The outermost room: settings, the launcher of the embedded server, the command line. No rules."""
