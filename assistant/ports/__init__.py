"""Protocols and frozen values that cross borders. No behaviour, no I/O."""
