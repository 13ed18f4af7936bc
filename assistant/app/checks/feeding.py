"""Whether events come in: sources that fail, and those that have been silent for long."""

from assistant.app.checks.check import Check, Patient, counted, said
from assistant.app.source_rows import is_stale, without_url
from assistant.ports.records import SourceRow
from assistant.sources.table import redacted
from assistant.store import health


def sources(patient: Patient) -> list[Check]:
    """Each source was read when it was looked at last."""
    if patient.con is None:
        return []
    return [_source(row, patient) for row in health.sources(patient.con)]


def _source(row: SourceRow, patient: Patient) -> Check:
    title = f"source {row.name}"
    if not row.failures:
        if row.last_success_at is None:
            return Check(title, True, f"not looked at yet: {redacted(row.url)}")
        note = f"; {row.note}" if row.note else ""
        return Check(title, True, f"read {said(patient.now - row.last_success_at)} ago{note}")
    since = f"last read {said(patient.now - row.last_success_at)} ago" if row.last_success_at else "never read"
    stale = ", stale" if is_stale(row, patient.now) else ""
    detail = f"fails ({counted(row.failures, 'time')} in a row, {since}{stale}): {without_url(row.last_error, row.url)}"
    return Check(title, False, detail, f"mend what it says, then ask source test {row.name}; or {_other_way(row)}")


def _other_way(row: SourceRow) -> str:
    return f"give it another place: ask source add {row.name} URL; or ask source remove {row.name}"
