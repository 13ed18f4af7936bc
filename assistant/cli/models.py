"""`ask model`: parse, call, show."""

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import jsonable, way_back
from assistant.cli.tables import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.models import Asked, Listed, ListedModel


def use(parsed: Parsed, session: Session) -> Output:
    """Keep the chain of models."""
    from assistant.app.models import use as keep

    return _listed(keep(session, parsed.words, parsed.get("base_url"), parsed.get("secret")), session, changed=True)


def list_all(_parsed: Parsed, session: Session) -> Output:
    """The chain, its keys, and what was spent."""
    from assistant.app.models import listed

    return _listed(listed(session), session, changed=False)


def _listed(shown: "Listed", session: Session, *, changed: bool) -> Output:
    return Output(
        json=lambda: jsonable(shown, session.tzinfo),
        ids=lambda: [model.name for model in shown.models],
        plain=lambda: [[model.name, model.base_url, model.secret, model.key] for model in shown.models],
        human=lambda: [
            *_model_lines(shown),
            dim(f"      {' · '.join(_facts(shown))}{way_back(session) if changed else ''}"),
        ],
    )


def _model_lines(shown: "Listed") -> list[str]:
    if not shown.models:
        return ["  no model is set: ask model use openai/gpt-5-mini --secret openai"]
    rows = [
        (model.name, "first" if place == 0 else f"fallback {place}", model.base_url or "", _key(model))
        for place, model in enumerate(shown.models)
    ]
    return table(rows)


def _key(model: "ListedModel") -> str:
    if model.secret is None:
        return "no key"
    if model.key == "missing":
        return f"! key {model.secret} is missing: ask secret set {model.secret}"
    return f"key {model.secret} ({model.key})"


def _facts(shown: "Listed") -> list[str]:
    facts = [
        f"spent today {shown.spent_today_usd:.4f} of {shown.per_day_usd:g} USD",
        f"at most {shown.per_job_usd:g} USD a job",
    ]
    facts += ["offline: only models on your own network are asked"] if shown.offline else []
    facts += [f"! {shown.library}"] if shown.library is not None else []
    return [*facts, "prove it: ask model test"] if shown.models else facts


def test(_parsed: Parsed, session: Session) -> Output:
    """Ask for one short draft."""
    from assistant.app.models import tested

    made = tested(session)
    answer = made.answer
    return Output(
        json=lambda: {
            "ok": True, "model": answer.model, "text": answer.text, "tokens_in": answer.tokens_in,
            "tokens_out": answer.tokens_out, "cost_usd": answer.cost_usd, "took_ms": answer.took_ms,
            "attempts": [
                {"model": one.model, "error": one.error, "cost_usd": one.cost_usd, "took_ms": one.took_ms}
                for one in made.attempts
            ],
        },
        ids=lambda: [answer.model],
        plain=lambda: [
            [answer.model, answer.tokens_in, answer.tokens_out, f"{answer.cost_usd:.6f}", answer.took_ms, answer.text]
        ],
        human=lambda: _test_lines(made),
    )  # fmt: skip


test.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def _test_lines(made: "Asked") -> list[str]:
    answer = made.answer
    failed = [f"      ! {one.model}: {one.error}" for one in made.attempts if one.error is not None]
    took = f"{answer.tokens_in} tokens read, {answer.tokens_out} written"
    return [
        *failed,
        f"  {answer.model}  answered in {answer.took_ms / 1000:.1f} s · {took} · {answer.cost_usd:.6f} USD",
        f"      {answer.text}",
    ]
