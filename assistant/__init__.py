"""`ask`: a personal assistant for the command line that keeps its commitments."""

__version__ = "0.1.0"
