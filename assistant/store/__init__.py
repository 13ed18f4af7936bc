"""The only SQL. One SQLite file; every change goes through `write.Writing.apply`, every migration through `migrate`."""
