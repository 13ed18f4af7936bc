"""A workflow played in virtual time: the engine as it is, on a store in memory, with only the world swapped."""
