"""What frames a repetition: `starting next week`, `until march 20`, `except holidays`. Each holds a phrase itself."""

from assistant.when.lexicon import words
from assistant.when.scan import Piece, Scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.when.scan import Facts

    Finder = Callable[..., Any]  # `phrase.longest`, which stands above

START = frozenset(("starting", "beginning", "from", "since", "effective", "commencing", "start", "begin", "starts"))


ENDINGS = words("until till til through thru ending ends to before up")


EXCEPT = frozenset(("except", "excluding", "besides", "without", "excepting", "skipping", "skip"))


REPEATING = frozenset(("every", "plural", "count", "during", "except"))


def bounds(scan: Scan, at: int, lead: str, find: "Finder", *, inside: bool, depth: int) -> list[Piece]:
    """`starting next week`, `until march 20`, `except on holidays`: what frames a repetition."""
    if depth >= 2:
        return []
    word = scan.word(at)
    needs = ("every", "plural", "listed")
    found: list[Piece] = []
    led = lead.partition(" ")[0]
    if word in START or led == "from" or led in START:
        begin = at if word not in START else at + 1
        if scan.word(begin) in ("on", "at", "from"):
            begin += 1
        run = find(scan, begin, lead="at the", depth=depth + 1, bar=REPEATING)
        if run is not None:
            listed = len(run.facts.get("wdays") or ()) > 1  # "from monday to friday" names days, no beginning
            found.append(Piece(run.end, run.facts if listed else {"start": run.facts}, needs))
    if inside and (word in ENDINGS or lead.startswith("before")):
        begin = at if word not in ENDINGS else at + 1
        if scan.word(begin) in ("on", "at", "to", "the", "and"):
            begin += 1
        run = find(scan, begin, lead="to the", depth=depth + 1, bar=REPEATING)
        if run is not None:
            key = "before" if word == "before" or lead.startswith("before") else "until"
            through = {"through": True} if word in ("through", "thru") else {}
            found.append(Piece(run.end, {key: run.facts, **through}, needs))
    found.extend(_exceptions(scan, at, find, depth))
    return found


def _exceptions(scan: Scan, at: int, find: "Finder", depth: int) -> list[Piece]:
    word = scan.word(at)
    if word in EXCEPT:
        end = at + 1
    elif (word in ("but", "and") and scan.word(at + 1) == "not") or (
        word in ("other", "apart", "but") and scan.word(at + 1) in ("than", "from", "except")
    ):
        end = at + 2
    else:
        return []
    listed: list[Facts] = []
    while len(listed) < 12:
        while scan.word(end) in ("for", "on", "the", "in", "during", "public", "bank", "and", ","):
            end += 1
        if scan.word(end) in ("holidays", "holiday"):
            listed.append({"holidays": True})
            end += 1
        else:
            run = find(scan, end, lead="on the", depth=depth + 1)
            if run is None:
                break
            listed.append(run.facts)
            end = run.end
        if scan.word(end) not in ("and", ",", "&", "or"):
            break
    return [Piece(end, {"except": tuple(listed)}, ("every", "plural", "listed"))] if listed else []
