"""The front door: parse, call one use case, show. Decides nothing and opens no store by itself."""
