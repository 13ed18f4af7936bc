"""What `ask doctor` looks at: each check says what it found and, where it fails, the one thing to do."""
