"""The source `calendar`: what is added, changed and cancelled, and what is about to begin, begins and ends."""
