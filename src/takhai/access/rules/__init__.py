"""Decisions of access, pure."""
