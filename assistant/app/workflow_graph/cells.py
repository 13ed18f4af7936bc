"""Texts as wide as they are shown: a letter takes one cell of a terminal, a Chinese one takes two."""

from rich.cells import cell_len, chop_cells, set_cell_size


def cut(text: str, width: int, mark: str = "…") -> str:
    """The text in at most so many cells; `mark` stands for what was left out.

    >>> cut("acknowledged", 8), cut("承認済み", 5)
    ('acknowl…', '承認…')
    """
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - cell_len(mark)).rstrip() + mark


def padded(text: str, width: int) -> str:
    """The text in exactly so many cells; it must fit.

    >>> padded("承認", 6) + "|"
    '承認  |'
    """
    return text + " " * (width - cell_len(text))


def wrapped(text: str, width: int, most: int, mark: str = "…") -> list[str]:
    """The text in lines of at most so many cells; what does not fit into `most` lines is cut.

    >>> wrapped("one two three", 7, 3), wrapped("one two three", 7, 1), wrapped("abcdefghij", 4, 9)
    (['one two', 'three'], ['one tw…'], ['abcd', 'efgh', 'ij'])
    """
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += chop_cells(word, width) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width, mark)]
