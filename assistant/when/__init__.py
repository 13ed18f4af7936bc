"""Words to times and rules, rules to slots, times to words. Pure: no clock, no disk, no network, no model.

The seam, and all that other packages may import:

- `values`: what goes in (`Conventions`) and comes out (`Reading`).
- `read.read(text, now, conventions)`: one reading of a phrase or a sentence, or a refusal that names the words.
- `rule`: rules to slots. `say`: times and rules to words. `zone`: wall time and zone to instants.

This file imports nothing, so that naming one part does not load the others.
"""
