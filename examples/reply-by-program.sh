#!/bin/sh
# Answers from a channel: a program gets each message with its buttons, and what is pressed comes back with a token.
#
# `ring` stands for what shows the message, such as a phone; `press` for its buttons. With ntfy, `ring` would post the
# message with an action for each reply: `http, LABEL, https://ntfy.example/answers, body=TOKEN`; and `press` would be
# `curl -sN https://ntfy.example/answers/raw | while read -r token; do echo "$token" | ask reply -; done`. Whoever reads
# these topics may press the buttons: protect them.
set -eu
folder=$(mktemp -d)
cat > "$folder/ring" <<'PROGRAM'
#!/bin/sh
cat >> "$(dirname "$0")/rang.jsonl"
PROGRAM
cat > "$folder/press" <<'PROGRAM'
#!/bin/sh
tail -n 1 "$(dirname "$0")/rang.jsonl" | sed -n "s/.*\"token\":\"\([0-9]*-$1-[a-z2-7]*\)\".*/\1/p" | ask reply -
PROGRAM
chmod +x "$folder/ring" "$folder/press"

ask channel add mine "command://$folder/ring"
ask remind "take the pills" --at "in 1 second" --until-ack --channel mine
sleep 2
ask run-due --verbose
"$folder/press" done
ask inbox

# The same button once more, or one that nobody was given: exit code 4, and nothing happens.
"$folder/press" done || echo "exit $?"
echo "1-approve-guessed" | ask reply - || echo "exit $?"
ask log | grep -o "reply refused" | head -1
rm -r "$folder"
