#!/bin/sh
# Rings every evening until it is answered: after 15 minutes, then after 30, then every 30.
set -eu
pills=$(ask remind "take the pills" --every "day at 21:00" --until-ack --repeat 15m,30m -q)
ask why "$pills"

# This evening it has not rung yet, so there is nothing to answer: exit code 4, with the way out.
ask done "$pills" || echo "exit $?"
ask show "$pills" --json | grep -o '"state": "[a-z]*"' | head -1
