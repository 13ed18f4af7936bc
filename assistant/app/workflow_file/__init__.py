"""The workflow file: reading it, checking it, and the form in which it is kept. Runs no workflow."""
