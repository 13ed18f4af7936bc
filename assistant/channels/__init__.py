"""Channels: each takes a message under a key and says with evidence what came of it. None sees the store or another."""
