"""Templates and conditions: what they give, what they refuse, and that nothing loops or explodes."""

import threading
import time
from typing import Any

import pytest

from assistant.core.template import LARGEST, TemplateFault, holds, render

NAMES = {
    "inputs": {
        "who": "Ada",
        "n": 3,
        "none": None,
        "list": [1, "two", {"three": 3}],
        "big": "x" * 900_000,
        "mark": "<&>",
    },
    "steps": {"a": {"state": "completed", "output": {"text": "Hi"}, "by": "action"}},
}
MOST_S = 2.0  # a hundredth of it is usual


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("Hello {{ inputs.who }}", "Hello Ada"),
        ("{{ inputs.n }}", 3),
        ("{{ inputs.n + 1 }}", 4),
        ("{{ inputs.n }}.", "3."),
        ("{{ inputs.list }}", [1, "two", {"three": 3}]),
        ("{{ inputs.none }}", None),
        ("{{- inputs.n -}}", 3),
        ("{{ inputs.n }}\n", "3\n"),
        ("{{ inputs.who }} and {{ inputs.n }}", "Ada and 3"),
        ("{{ inputs.n > 2 }}", True),
        ("{{ inputs.mark }}!", "<&>!"),
        ("{{ {'a': {'b': inputs.n}} }}", {"a": {"b": 3}}),
        ("{{ '}}' }}", "}}"),
        ("{% for x in inputs.list %}{{ loop.index }}{% endfor %}", "123"),
        ("{# nothing #}a", "a"),
        ("no { template }", "no { template }"),
        ("{% if inputs.n > 2 %}yes{% else %}no{% endif %}", "yes"),
        ("{{ inputs.gone | default('x') }}", "x"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{{ inputs['who'] }}", "Ada"),
        ("{{ inputs.list | length }}", 3),
    ],
)
def test_a_template_gives_a_text_and_a_single_expression_its_value(template: str, value: object) -> None:
    """A list stays a list where nothing stands around it."""
    made = render(template, NAMES)
    assert (made, type(made)) == (value, type(value))


def test_a_whole_structure_is_filled() -> None:
    """Keys stay as they are; numbers, true and nothing too."""
    action = {"{{ a }}": ["{{ inputs.who }}", 1, None, True], "b": {"c": "{{ steps.a.output.text }}!"}}
    assert render(action, NAMES) == {"{{ a }}": ["Ada", 1, None, True], "b": {"c": "Hi!"}}


@pytest.mark.parametrize("said", ["{{ inputs.n }}", "{% for x in y %}", "{{", "'; rm -rf ~; '"])
def test_what_an_input_says_is_never_read_as_a_template(said: str) -> None:
    """Text from a person or an event fills a blank, and stays as it is."""
    names = {"inputs": {"text": said, "n": 1}}
    assert render("{{ inputs.text }}", names) == said
    assert render("<{{ inputs.text }}>", names) == f"<{said}>"
    assert render({"a": ["{{ inputs.text }}"]}, names) == {"a": [said]}


@pytest.mark.parametrize(
    ("template", "unknown"),
    [
        ("{{ nope }}", "nope"),
        ("Hi {{ nope }}", "nope"),
        ("{{ inputs.nope }}", "inputs.nope"),
        ("{{ [inputs.nope] }}", "inputs.nope"),
        ("{{ steps.b.output }}", "steps.b"),
        ("{{ inputs.nope | lower }}", "inputs.nope"),
        ("{{ {'a': nope} }}", "nope"),
    ],
)
def test_an_unknown_name_is_a_fault_that_names_it(template: str, unknown: str) -> None:
    """Never an empty text."""
    with pytest.raises(TemplateFault, match=unknown) as caught:
        render({"text": [template]}, NAMES)
    assert caught.value.template == template
    assert template in str(caught.value)


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("steps.a.by == 'action'", True),
        ("inputs.n > 3", False),
        ("'A' in inputs.who", True),
        ("inputs.none", False),
        ("inputs.who | lower == 'ada'", True),
        ("inputs.gone is defined", False),
        ("not inputs.list", False),
        ("true", True),
    ],
)
def test_a_condition_holds_or_not(condition: str, value: bool) -> None:
    """Nothing, an empty text, an empty list and zero do not hold."""
    assert holds(condition, NAMES) is value


@pytest.mark.parametrize(
    "condition", ["inputs.nope", "nope", "not nope", "nope or true", "inputs.n >", "{{ inputs.n }}"]
)
def test_a_condition_that_cannot_be_judged_is_a_fault(condition: str) -> None:
    """It does not count as false."""
    with pytest.raises(TemplateFault):
        holds(condition, NAMES)


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10**10 }}",
        "{{ [1] * 10**9 }}",
        "{{ (1, 2) * 10**9 }}",
        "{{ inputs.big * 1000 }}",
        "{{ range(10**9) }}",
        "{% for i in range(100000) %}{% for j in range(100000) %}a{% endfor %}{% endfor %}",
        "{{ 9**9**9 }}",
        "{{ 1e308 * 10 }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
        "{% set a = [1, 1] %}{% set b = [a, a] %}{{ b }}",
        "{% with a = [1] %}{{ a }}{% endwith %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ '{:>1000000000}'.format('a') }}",
        "{{ '%1000000000d' | format(3) }}",
        "{{ inputs.big }}{{ inputs.big }}",
        "{{ inputs.big | replace('x', inputs.big) }}",
        "{{ inputs.big | list | join(inputs.big) }}",
        "{{ [1] | batch(1000000000, 1) }}",
        "{{ 'a' | indent(1000000000) }}",
        "{{ " + "-" * 60_000 + "1 }}",
        "{{ 1" + "+1" * 30_000 + " }}",
        "{{ a" + "()" * 30_000 + " }}",
        "{{ " + "(" * 30_000 + " }}",
        "{{ '" + "\\'" * 32_000 + " }}",
        "{{ {1: {2: 3}} " + "~ 1" * 20_000 + " }}",
        "{% for a in [[1, 1]] %}" * 5 + "{{ a }}" + "{% endfor %}" * 5,
        "{% include 'x' %}",
        "{{ debug() }}",
        "x" * 70_000 + "{{ 1 }}",
        "{{ '\ud800' }}",
    ],
    ids=lambda template: template[:50].encode("ascii", "replace").decode(),
)
def test_what_loops_or_explodes_ends_as_a_fault_in_bounded_time(template: str) -> None:
    """Fuel bounds steps and characters; what fuel does not bound is refused by its text."""
    began = time.perf_counter()
    with pytest.raises(TemplateFault) as caught:
        render({"text": template}, NAMES)
    assert time.perf_counter() - began < MOST_S
    assert len(str(caught.value)) < 300


def test_a_whole_action_gives_at_most_a_mebibyte() -> None:
    """Many parts that each fit do not fit together."""
    assert len(render(["{{ inputs.big }}"], NAMES)[0]) == 900_000
    with pytest.raises(TemplateFault, match=f"larger than {LARGEST:,} characters"):
        render(["{{ inputs.big }}"] * 2, NAMES)


@pytest.mark.parametrize(
    "chain", ["-" * 790 + "1", "1" + "+1" * 390, "a" + "()" * 390, "a" + ".b()" * 195, "(" * 390 + "1" + ")" * 390]
)
def test_the_longest_expression_fits_on_a_small_stack(chain: str) -> None:
    """The engine reads by recursion: threads of some systems have half a mebibyte."""
    ended: list[Any] = []

    def work() -> None:
        try:
            ended.append(render(f"{{{{ {chain} }}}}", {}))
        except TemplateFault as fault:
            ended.append(fault)

    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert len(ended) == 1


def test_a_fault_carries_no_values() -> None:
    """What it says may be logged and shown."""
    with pytest.raises(TemplateFault) as caught:
        render("{{ inputs.pin + inputs.nope }}", {"inputs": {"pin": "s3cr3t"}})
    assert "s3cr3t" not in str(caught.value)
