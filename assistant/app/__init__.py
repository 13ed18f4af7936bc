"""Use cases: one function each. The only place that wires clock, dice, store and plug-ins."""
