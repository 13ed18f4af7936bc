"""Actions: each does one step's work outside and says with evidence what came of it. None sees the store or another."""
