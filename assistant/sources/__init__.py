"""Sources: each looks at one place outside and says what happened there. None sees the store or another."""
