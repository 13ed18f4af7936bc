"""Language by litellm, in a child process of its own. Sees neither the store nor the engine, and returns values."""
