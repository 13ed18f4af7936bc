"""From a sentence to a plan of our own commands: by rules, and by a model only for what they cannot place."""
