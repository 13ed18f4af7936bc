"""Rows for people, laid out by rich: columns that fit the terminal, long texts wrapped within their own."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INDENT = 2


def table(rows: "Sequence[Sequence[str]]") -> list[str]:
    """The rows as lines, no wider than the terminal. Nothing in them is read as markup."""
    import io
    import shutil

    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    for place, _ in enumerate(rows[0] if rows else ()):
        grid.add_column(no_wrap=place == 0)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    paper = io.StringIO()
    width = max(40, shutil.get_terminal_size().columns)
    Console(file=paper, width=width, color_system=None).print(Padding(grid, (0, 0, 0, INDENT)))
    return [line.rstrip() for line in paper.getvalue().splitlines()]
