#!/bin/sh
# A channel of your own: a program that gets each message as JSON on its standard input.
set -eu
folder=$(mktemp -d)
cat > "$folder/ring" <<'PROGRAM'
#!/bin/sh
cat >> "$(dirname "$0")/rang.jsonl"
PROGRAM
chmod +x "$folder/ring"

ask channel add mine "command://$folder/ring"
ask channel test mine
ask remind "water the plants" --at "in 1 second" --channel mine
sleep 2
ask run-due --verbose
cat "$folder/rang.jsonl"
rm -r "$folder"
