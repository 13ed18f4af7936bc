#!/bin/sh
# A reminder that follows an event of a calendar file. ASK_NOW sets the clock, so that days pass at once.
set -eu
calendar() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//examples//EN BEGIN:VEVENT UID:call-1 DTSTAMP:20261101T000000Z \
    "DTSTART:20261130T$1" "DTEND:20261130T$2" "SUMMARY:Vendor call" END:VEVENT END:VCALENDAR > "$HOME/work.ics"
}
export ASK_NOW=2026-11-23T16:00:00+01:00
calendar 100000Z 110000Z
ask source add work "calendar://$HOME/work.ics"
ask run-due                                        # the first look takes stock

ask remind send the notes 30 min after the vendor call next monday
calendar 130000Z 140000Z                           # somebody moves the call
ASK_NOW=2026-11-23T17:00:00+01:00
ask run-due
ask list
ask log | grep -o "moved with .*2026 [0-9:]*"
