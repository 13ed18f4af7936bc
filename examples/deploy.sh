#!/bin/sh
# A script that fails again and again keeps one task, not ten: an open item holds its key.
set -eu
for attempt in 1 2 3; do
  false || ask add "deploy failed, look at the log" --priority high --project site --key deploy-failed -q
done
ask list --project site

# When it works again, the task is done, and the key is free.
ask list --project site | cut -f1 | ask done -
