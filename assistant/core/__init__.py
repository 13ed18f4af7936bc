"""Pure decisions. Reads no clock, throws no dice, touches no disk, database or network."""
