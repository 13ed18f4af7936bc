"""A sentence to a plan: rules first, then the model for what they cannot place."""

from assistant.app.doing import rules
from assistant.app.doing.plan import Plan, Unplaced
from assistant.app.doing.targets import Picked
from assistant.app.model_chain import chain_of
from assistant.app.session import Session
from assistant.app.words import shortened
from assistant.errors import Missing


def understand(session: Session, text: str, picked: Picked) -> Plan:
    """The plan of a sentence. Open where one thing must be asked; Missing where only a model could place it."""
    try:
        return rules.plan(session, text, picked)
    except Unplaced as error:
        unplaced = error
    if not chain_of(session.kept):
        said = shortened(" ".join(text.split()).replace('"', "'"))
        raise Missing(
            f"{unplaced.message} No model is set that could.",
            f'to be reminded: ask remind "{said}" · as a task: ask add "{said}" · for a model: ask model use NAME',
        )
    from assistant.app.doing import by_model

    return by_model.plan(session, rules.said(text), picked)
