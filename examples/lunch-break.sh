#!/bin/sh
# A series that rests: its slots go by as skipped, and say so. ASK_NOW sets the clock, so that days pass at once.
set -eu
export ASK_NOW=2026-11-23T08:00:00+01:00
lunch=$(ask remind "get away from the desk" --every "weekday at 12:30" --if-late skip -q)
ask pause "$lunch"

ASK_NOW=2026-11-30T08:00:00+01:00
ask run-due
ask resume "$lunch"
ask show "$lunch" --json | grep -o '"count": [0-9]*, "state": "[a-z]*", "reason": "[a-z]*"'
ask list
