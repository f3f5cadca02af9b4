"""Takhai: the safety net that walks a child's support from register file to reconciled satang."""
