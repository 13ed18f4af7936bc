"""Each kind of error: its exact place, its path or value, and the fix."""

import pytest

from tests.workflow_file.checking import at_top, checked, in_step, places

# What is written, with « before what is wrong; and what the message says.
IN_A_STEP = [
    ("text: Hi\nretry:\n  «first: soon", "steps[2].retry.first is 'soon'; write a duration such as 5m"),
    ("text: Hi\nretry: {«first: 30}", "steps[2].retry.first is '30'; add a unit, such as 30s or 30m"),
    ("text: Hi\nretry: {«max: 2 business days}", "business days do not count by the clock"),
    ("text: Hi\nretry: {«first: 0s}", "write one longer than nothing"),
    ("text: Hi\nretry: {«attempts: 0}", "write a whole number from 1 to 1,000, such as 5"),
    ("text: Hi\nretry: {«attempts: true}", "steps[2].retry.attempts is 'true'; write a whole number"),
    ("text: Hi\nretry: {«factor: 0.5}", "write a number from 1 to 100"),
    ("text: Hi\nretry: {«first: 2h, max: 1h}", "first is longer than max"),
    ("text: Hi\nretry: {«permanent: 2}", "write a list of exit codes or statuses"),
    ("text: Hi\nretry: {permanent: [2, «0]}", "steps[2].retry.permanent[1] is '0'"),
    ("text: Hi\n«retry: 5", "steps[2].retry is '5'; write a map such as {attempts: 5, first: 30s}"),
    ("text: Hi\nretry: {«atempts: 5}", "unknown key 'atempts'; did you mean 'attempts'?"),
    ("text: Hi\n«timeout: never", "steps[2].timeout is 'never'; write a duration"),
    ("text: Hi\n«timeout: 1d12h", "give one of them"),
    ("text: Hi\n«timeout: 200 years", "units are s, m, h, d, w and business days"),
    ("text: Hi\n«timeout: '{{ inputs.who }}'", "no template can stand here"),
    ("text: Hi\nlimit: {«to: , per: 10s}", "steps[2].limit.to is empty; name what is limited"),
    ("text: Hi\n«limit: {to: mail}", "limits nothing; add at_once: 1 or per: 10s"),
    ("text: Hi\n«limit: {at_once: 1}", "has no to"),
    ("text: Hi\n«at_once: 2", "steps[2].at_once needs for_each"),
    ("«notfy: Hi", "unknown key 'notfy'; did you mean 'notify'?"),
    ("«zzz: Hi\ntext: Hi", "unknown key 'zzz'; known here are id, "),
    ("text: Hi\n«notify: Hi", "has 2 actions, text and notify; give each a step of its own"),
    ("«notify:", "steps[2].notify is empty; write the text of the message"),
    ("notify: {text: Hi, «severity: hihg}", "did you mean high?"),
    ("notify: {text: Hi, «severity: urgent}", "write low, normal or high"),
    ("notify: {text: Hi, «channel: fone}", "there is no such channel; there are desktop, phone, terminal"),
    ("notify: {text: Hi, «to: eve}", "there is no such person"),
    ("«notify: {channel: phone}", "steps[2].notify has no text"),
    ("«task: Buy stamps", "steps[2].task is 'Buy stamps'; write a map such as {title: …"),
    ("task: {title: Hi, «due: blursday}", "did you mean"),
    ("task: {title: Hi, «due: every monday}", "that comes again and again"),
    ("task: {title: Hi, «priority: hight}", "did you mean high?"),
    ("task: {title: Hi, tags: [a, «[b]]}", "steps[2].task.tags[1] is a list; write a tag"),
    ("«run: ls -l", "steps[2].run is 'ls -l'; write a list, the program first"),
    ("«run: []", "steps[2].run is a list; write a list, the program first"),
    ("run: [sh, -c, «'echo {{ inputs.who }}']", "steps[2].run[2] is text for sh with a template in it; pass the value"),
    ("run: [/usr/bin/env, bash, -ec, «'echo {{ inputs.who }}']", "with a template in it"),
    ("run: [bash, «'-cecho {{ inputs.who }}']", "with a template in it"),
    ("run: [python3, -c, «'print({{ inputs.who }})']", "steps[2].run[2] is text for python3"),
    ("run: {argv: [sh], «stdin: 'echo {{ inputs.who }}'}", "steps[2].run.stdin is text for sh"),
    ("run: [sh, -s]\n«stdin: 'echo {{ inputs.who }}'", "steps[2].stdin is text for sh"),
    ("run: {argv: [ls], cwd: /}\n«cwd: /tmp", "stands in run too; keep one of them"),
    ("run: [ls]\nenv: {A: {«secret: tokn}}", "there is no secret 'tokn'; did you mean 'token'?"),
    ("run: [ls]\nenv: {A: {secret: token, «prefx: x}}", "did you mean 'prefix'?"),
    ("run: [ls]\nenv: {«A: [x]}", "steps[2].env.A is a list"),
    ("text: Hi\n«env: {A: x}", "unknown key 'env'"),
    ("http: {url: https://example.com/, «method: FETCH}", "write one of GET, HEAD, POST"),
    ("http: {«url: example.com}", "begins with https://"),
    ("«http: {method: GET}", "has no url"),
    ("«http: {url: https://e.com/, method: POST, json: {}, body: x}", "json and body"),
    ("http: {url: https://e.com/, headers: {Authorization: {«secret: nope}}}", "ask secret set nope"),
    ("«file: {path: /tmp/x}", "says not what to do; give one of write, append or move"),
    ("«file: {path: /tmp/x, write: a, append: b}", "has write and append"),
    ("«mail: {to: ada@example.com, subject: Hi}", "steps[2].mail has no body"),
    ("mail: {«to: ada, subject: Hi, body: Hi}", "write a mail address such as ada@example.com"),
    ("calendar: {read: {«days: 0}}", "write a whole number from 1 to 366"),
    ("«calendar: {}", "says not what to do; give one of add or read"),
    ("model: {draft: Hi, «max_cost_usd: cheap}", "write a number from 0 to 1000"),
    ("«model: {max_cost_usd: 1}", "give one of draft, summarise, classify or extract"),
    ("«ask: {choices: [yes, no]}", "steps[2].ask has no question"),
    ("ask: {question: Hi, «choices: []}", "write a list such as [yes, no]"),
    ("«wait: tomorrow", "steps[2].wait is 'tomorrow'; write a duration such as 5m"),
    ("wait: {until: tomorrow 9:00, «within: 2h}", "needs an event to wait for"),
    ("«wait: {until: tomorrow 9:00, event: x}", "has until and event"),
    ("wait: {«until: blursday 9am}", "cannot be placed"),
    ("wait: {event: x, «where: steps.a.by}", "refers to 'a', which is this step itself"),
    ("emit: {«event: }", "steps[2].emit.event is empty"),
    ("workflow: {«name: chld}", "there is no such workflow; did you mean 'child'?"),
    ("workflow: {«name: w}", "this workflow itself; a circle would never end"),
    ("workflow: {«name: grandparent}", "closes a circle: w → grandparent → parent → w"),
    ("workflow: {«name: '{{ inputs.who }}'}", "no template can stand here"),
    ("«set: Hi", "write names and values"),
    ("text: Hi\n«when: '{{ inputs.who }}'", "stands here without {{ and }}"),
    ("text: Hi\n«when: inputs.who ==", "steps[2].when does not compile: unexpected end of input"),
    ("text: Hi\n«when: inputs.who | lowr", "uses 'lowr', which is no filter"),
    ("text: Hi\n«when: inputs.who is strng", "uses 'strng', which is no test"),
    ("text: Hi\n«when: false", "steps[2] is never reached: 'false' is always false"),
    ("text: Hi\n«when: 1 > 2", "is never reached"),
    ("text: Hi\n«when: steps.look.state == 'complete'", "which it never is; did you mean 'completed'?"),
    ("text: Hi\n«when: steps.look.by != 'hand'", "it is one of action, fallback"),
    ("text: Hi\n«when: steps.look.by == 'fallback'", "is never reached: 'look' has no fallback"),
    ("«text: 'Hi {{ inputs.wo }}'", "uses the input 'wo', which is not declared; did you mean 'who'?"),
    ("«text: \"Hi {{ inputs['wo'] }}\"", "uses the input 'wo'"),
    ("«text: 'Hi {{ who }}'", "uses 'who', which is not known here; write inputs.who"),
    ("«text: 'Hi {{ stepz.first.output.text }}'", "uses 'stepz', which is not known here; did you mean 'steps'?"),
    ("«text: 'Hi {{ steps.frist.output.text }}'", "the step 'frist', which is not there; did you mean 'first'?"),
    ("«text: 'Hi {{ steps.a.output.text }}'", "refers to 'a', which is this step itself"),
    ("«text: 'Hi {{ steps.first.outptu.text }}'", "did you mean 'output'?"),
    ("«text: 'Hi {{ steps.first.output.txt }}'", "uses 'txt', but 'first' gives text"),
    ("«text: 'Hi {{ secrets.token }}'", "a secret is no template name"),
    ("«text: 'Hi {{ people.eve.mail }}'", "uses 'eve', who is not among your people"),
    ("«text: 'Hi {{ item }}'", "uses 'item', which is not known here; only a step with for_each has it"),
    ("«text: 'Hi {{ event.title }}'", "no event starts this workflow"),
    ("«text: 'Hi {{ inputs.who'", "does not compile"),
    ("«text: '{% set a = [1] %}{{ a }}'", "'set' is not available here"),
    ("«text: '{% for x in inputs.who %}'", "does not compile"),
    ("«text: '{{ foo(1) }}'", "uses 'foo', which is not known here"),
    ("text: Hi\n«for_each: item.list", "uses 'item', which is not known here"),
    ("text: '{{ item }}'\nfor_each: '[1]'\n«when: item > 1", "uses 'item', which is not known here"),
    ("text: Hi\n«until: ack", "belongs to notify"),
    ("notify: Hi\n«until: answered", "write ack"),
    ("notify: Hi\n«repeat: [15m]", "steps[2].repeat needs until: ack"),
    ("notify: Hi\n«escalate: [{after: 1h, notify: Hi}]", "steps[2].escalate needs until: ack"),
    ("notify: Hi\nuntil: ack\n«repeat: 15m", "write a list such as [15m, 30m]"),
    ("notify: Hi\nuntil: ack\nescalate: [«{notify: Hi}]", "steps[2].escalate[0] has no after"),
    ("notify: Hi\nuntil: ack\nescalate: [{after: 1h, «wait: 1h}]", "cannot stand here; give one of notify, task"),
    ("text: Hi\n«effect: once", "says nothing: text changes nothing outside"),
    ("mail: {to: a@b.c, subject: s, body: b}\n«effect: read", "is 'read', but mail changes something; write once"),
    ("file: {path: p, write: w}\n«effect: read", "write keyed"),
    ("run: [ls]\n«effect: twice", "write read, keyed, once or repeatable"),
    ("run: [ls]\neffect: read\n«probe: {run: [ls]}", "is not used with effect: read"),
    ("notify: Hi\n«probe: {run: [ls]}", "finds out nothing"),
    ("run: [ls]\nprobe: {«mail: {to: a@b.c}}", "cannot stand here; give one of run, http"),
    ("run: [ls]\n«probe: {http: {url: 'https://e.com', method: POST}}", "a probe only asks, by GET or HEAD"),
    ("http: {«url: 'https://me:pw@e.com/'}", "it names a user"),
    ("run: [ls]\n«approve: maybe", "write always or never"),
    ("run: [ls]\napprove: {«on_expiry: fallback}", "has no fallback to expire to"),
    ("run: [ls]\napprove: {recheck: [«first]}", "does not only read"),
    ("run: [ls]\napprove: {recheck: [«nope]}", "is no earlier step"),
    ("run: [ls]\napprove: {«when: inputs.amount > 50}", "uses the input 'amount'"),
    ("run: [ls]\n«fallback: {text: Hi}", "write a list"),
    ("run: [ls]\nfallback: [{«id: x, text: Hi}]", "steps[2].fallback[0].id cannot stand here"),
    ("run: [ls]\nfallback: [{«for_each: x, text: Hi}]", "for_each cannot stand here"),
    ("run: [ls]\nfallback: [{«approve: always, text: Hi}]", "approve cannot stand here"),
    ("run: [ls]\nfallback: [«{title: Hi}]", "steps[2].fallback[0] has no action"),
    ("run: [ls]\nfallback: [{text: Hi}, «{task: {title: Hi}}]", "is never reached: steps[2].fallback[0] is a text"),
    ("run: [ls]\nundo: {run: [rm], «fallback: [{text: Hi}]}", "steps[2].undo.fallback cannot stand here"),
    ("run: [ls]\nundo: {run: [rm, «'{{ steps.later.output }}']}", "refers to the step 'later'"),
]  # fmt: skip
AT_THE_TOP = [
    ("«stepz: []", "unknown key 'stepz'; did you mean 'steps'?"),
    ("«key: x", "key cannot stand here; it belongs to a trigger"),
    ("«about:", "about is empty"),
    ("«overlap: sometimes", "write skip, queue, supersede or allow"),
    ("«priority: 1", "write low, normal, high or urgent"),
    ("«deadline: late", "deadline is 'late'; write a duration"),
    ("budget: {«failures: -1, window: 7d}", "budget.failures is '-1'"),
    ("«budget: {failures: 1}", "budget has no window"),
    ("inputs: {a: {«requird: true}}", "did you mean 'required'?"),
    ("inputs: {a: {«required: yes}}", "inputs.a.required is 'yes'; write true or false"),
    ("inputs: {a: {required: true, «default: 1}}", "is required and has a default"),
    ("inputs: {a: {type: number, «default: one}}", "its type is number"),
    ("inputs: {a: {type: date, «default: soon}}", "its type is date"),
    ("inputs: {a: {«type: int}}", "write text, number, date or list"),
    ("inputs: {a: {«default: '{{ now }}'}}", "a default is kept as written"),
    ("inputs: {«a: 5}", "inputs.a is '5'; write a map"),
    ("«inputs: [a]", "inputs is a list"),
    ("«on: every day", "on is 'every day'; write a list"),
    ("on:\n  - «schedule: evry blursday", "on[0].schedule is 'evry blursday'"),
    ("on:\n  - «schedule: yesterday at 9:00", "has gone by; give a time to come"),
    ("on:\n  - «schedule: call ada every day at 9:00", "'call ada' cannot be placed"),
    ("on:\n  - «schedule: in 2 hours", "that counts from now, and a file is read again"),
    ("on:\n  - «cron: 99 * * * *", "on[0].cron is '99 * * * *'"),
    ("on:\n  - «rrule: weekly", "write a rule such as FREQ=WEEKLY"),
    ("on:\n  - «schedule: every day at 9:00\n    event: x", "has schedule and event"),
    ("on:\n  - «inputs: {}", "says not what starts a job"),
    ("on:\n  - schedule: every day at 9:00\n    «where: x", "on[0].where cannot stand here; it belongs to an event"),
    ("on:\n  - event: x\n    «if_late: run", "it belongs to a schedule"),
    ("on:\n  - schedule: every day at 9:00\n    «if_late: never", "write run, skip, brief or ask"),
    ("on:\n  - schedule: every day at 9:00\n    «useless_after: 2 business days", "business days"),
    ("on:\n  - schedule: every day at 9:00\n    «key: '{{ event.uid }}'", "on[0].key uses 'event', which is not known"),
    ("on:\n  - event: x\n    «key: '{{ steps.a.output }}'", "no step has run then"),
    ("on:\n  - event: x\n    inputs: {«a: 1}", "on[0].inputs.a is no input of this workflow"),
    ("on:\n  - event: x\n    «where: inputs.a == 1\ninputs: {a: {}}", "inputs are made after it"),
    ("inputs: {a: {required: true}}\non:\n  - «event: x", "does not give 'a', required by inputs"),
    ("«subject: '{{ event.uid }}'\non:\n  - schedule: every day at 9:00\n  - event: x", "the schedule of on[0]"),
    ("«subject: '{{ event.uid }}'", "no event starts this workflow"),
    ("«title: '{{ steps.a.output }}'", "no step has run then"),
    ("«name: v", "stands here twice"),
]  # fmt: skip
WHOLE = [
    ("«", "the file is empty"),
    ("«# only a comment\n", "the file is empty"),
    ("«- a\n- b\n", "the file is a list; write a map"),
    ("«just words\n", "the file is 'just words'"),
    ("«name: w\n", "the file has no steps"),
    ("«steps: [{id: a, text: Hi}]\n", "the file has no name"),
    ("«name: two words\nsteps: [{id: a, text: Hi}]\n", "name is 'two words'"),
    ("«name: reminder\nsteps: [{id: a, text: Hi}]\n", "this name is built in"),
    ("name: w\n«steps: []\n", "write a list of steps"),
    ("name: w\nsteps: [{«id: a b, text: Hi}]\n", "steps[0].id is 'a b'; write at most 60 letters, digits and _"),
    ("name: w\nsteps: [«{text: Hi}]\n", "steps[0] has no id"),
    ("name: w\nsteps: [«{id: a}]\n", "steps[0] has no action; give one of notify, task"),
    ("name: w\nsteps: [«hello]\n", "steps[0] is 'hello'; write a map"),
    ("name: w\nsteps:\n  - id: a\n    text: Hi\n  - «id: a\n    text: Hi\n", "as is the step in line 3"),
    ("name: w\nsteps:\n  - id: a\n    «text: '{{ steps.b.output }}'\n  - id: b\n    text: Hi\n", "which comes later"),
    ("name: w\n«name: v\nsteps: [{id: a, text: Hi}]\n", "'name' stands here twice; the first is in line 1"),
    ("name: «&x w\nsteps: [{id: a, text: Hi}]\n", "'&x' is an anchor"),
    ("name: «!!str w\nsteps: [{id: a, text: Hi}]\n", "is a tag"),
    ("name: w\nsteps: [{id: a, text: Hi}]\n«---\nname: v\n", "a second document"),
    ("name: w\nsteps:\n  - id: a\n    text: {«{ inputs.x }}\n", 'a template needs quotes: "{{ … }}"'),
    ("name: w\nsteps:\n«\t- id: a\n", "a tab cannot indent; use spaces"),
    ("name: w\nabout: Hi«: there\n", "a second ': ' in one line"),
    ("name: w\nsteps: [{id: a, text: Hi}\n«", "missing here"),
    ("name: w«\x00\n", "the control character 0x00 "),
    ("name: w\nabout: a«\x1b[31m\n", "the control character 0x1b"),
    ("name: w\nabout: «\udcff\n", "the byte 0xff is not UTF-8"),
    ("name: w\nsteps: [{id: a, set: {«n: 1e999}}]\n", "a number too large to keep"),
    ("name: w\nsteps: [{id: a, set: {«n: .inf}}]\n", "no number"),
    ("name: w\nsteps: [{id: a, set: {n: [1, «99999999999999999999999]}}]\n", "a number too large to keep"),
]
CASES = (
    [(in_step(lines), said) for lines, said in IN_A_STEP]
    + [(at_top(lines), said) for lines, said in AT_THE_TOP]
    + WHOLE
)


@pytest.mark.parametrize(("marked", "said"), CASES, ids=[said[:60] for _, said in CASES])
def test_an_error_is_shown_at_its_exact_place_with_the_fix(marked: str, said: str) -> None:
    """One error, one line: file, line, column, and a message that can be read aloud."""
    text, wanted = places(marked)
    found = checked(text)
    assert [(error.line, error.column) for error in found.errors] == wanted, found.errors
    assert said in found.errors[0].message
    assert (found.ok, found.document, found.errors[0].file) == (False, None, "w.yaml")


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    """A person mends a file once, not once an error."""
    text, wanted = places(
        "name: w\n«on: daily\nsteps:\n  - id: a\n    «notfy: Hi\n  - «id: a!\n    text: Hi\n    «timeout: soon\n"
    )
    assert [(error.line, error.column) for error in checked(text).errors] == wanted


def test_of_very_many_errors_the_first_hundred_are_shown() -> None:
    """An answer stays readable whatever the file is."""
    text = "name: w\n" + "".join(f"wrong{number}: x\n" for number in range(500))
    errors = checked(text).errors
    assert len(errors) == 101
    assert errors[-1].message.startswith("and 401 more")


def test_a_path_leads_to_what_is_wrong() -> None:
    """Scripts find the value by its path."""
    text, _ = places(in_step("run: [ls]\nfallback: [{run: [a, b], retry: {«first: soon}}]"))
    assert [error.path for error in checked(text).errors] == ["steps[2].fallback[0].retry.first"]
