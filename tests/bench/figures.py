"""What a bench gives back, and how it is shown: one table, or JSON. Measures nothing."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `most` or `least` is its target; a figure without one is only reported."""

    bench: str
    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether it keeps its target; empty where it has none."""
        if self.most is None and self.least is None:
            return ""
        high = self.most is not None and self.value > self.most
        low = self.least is not None and self.value < self.least
        return "MISSES" if high or low else "keeps"

    @property
    def target(self) -> str:
        """The target in words."""
        if self.most is not None:
            return f"<= {self.most:g}"
        return f">= {self.least:g}" if self.least is not None else ""


HEADS = ("bench", "figure", "value", "unit", "target", "", "note")


def table(figures: list[Figure]) -> str:
    """All figures, aligned."""
    rows = [HEADS] + [
        (figure.bench, figure.name, f"{figure.value:,.2f}".rstrip("0").rstrip("."), figure.unit, figure.target,
         figure.verdict, figure.note)
        for figure in figures
    ]  # fmt: skip
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) if place == 2 else cell.ljust(width)
                 for place, (cell, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def keep(figures: list[Figure], path: str, about: dict[str, str]) -> None:
    """Write the figures, and on what they were measured, as JSON."""
    document = {"about": about, "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in figures]}
    Path(path).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
