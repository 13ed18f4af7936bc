"""A graph as one SVG file: no script, no font and no picture from elsewhere. Every text is escaped."""

from html import escape

from assistant.app.workflow_graph.graph import Graph, Kind, Way
from assistant.app.workflow_graph.layout import LANE, PAD, ROW, Box, Line, laid_out

FIRST_ROW = PAD + 12  # from the top of a box to the base line of its first row
ROUND = frozenset({Kind.TRIGGER, Kind.END, Kind.WAIT, Kind.QUESTION, Kind.ACK, Kind.RUNG})
# The light colours stand first, for viewers that know no dark scheme. Ways differ by their dashes too.
STYLE = """
text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre; }
.name { font-size: 16px; font-weight: bold; }
.label { font-weight: bold; }
.small, .state { font-size: 11px; fill: #57606a; }
.page { fill: #ffffff; }
.box { fill: #f6f8fa; stroke: #57606a; }
.when .box, .approve .box { fill: #fff8e1; stroke: #9a6700; }
.fallback .box { fill: #fff1e5; stroke: #bc4c00; stroke-dasharray: 6 3; }
.undo .box, .undoing .box { fill: #fbefff; stroke: #8250df; }
.trigger .box { fill: #ddf4ff; stroke: #0969da; }
.line { fill: none; stroke: #57606a; }
.point { fill: #57606a; }
.skip { stroke-dasharray: 2 3; }
.fail { stroke: #cf222e; stroke-dasharray: 6 3; }
.undo.line { stroke: #8250df; stroke-dasharray: 8 2 2 2; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.small, .state { fill: #9da7b3; }
.page { fill: #0d1117; }
.box { fill: #161b22; stroke: #8b949e; }
.when .box, .approve .box { fill: #272115; stroke: #d29922; }
.fallback .box { fill: #2b1d12; stroke: #db6d28; }
.undo .box, .undoing .box { fill: #211a33; stroke: #a371f7; }
.trigger .box { fill: #121d2f; stroke: #58a6ff; }
.line { stroke: #8b949e; }
.point { fill: #8b949e; }
.fail { stroke: #ff7b72; }
.undo.line { stroke: #a371f7; }
}
"""
POINT = """<defs><marker id="ask-point" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"
orient="auto">
<path class="point" d="M0 0L8 4L0 8z"/></marker></defs>"""


def svg_of(graph: Graph) -> list[str]:
    """The lines of the file."""
    made = laid_out(graph)
    size = f'width="{made.width:g}" height="{made.height:g}" viewBox="0 0 {made.width:g} {made.height:g}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        f"<title>{escape(graph.name)}</title>",
        f"<desc>{escape(' / '.join((graph.about, *graph.notes)))}</desc>",
        f"<style>{STYLE}</style>",
        POINT,
        f'<rect class="page" width="{made.width:g}" height="{made.height:g}"/>',
        _text("name", LANE, 30, graph.name),
        *(_text("small", LANE, 48 + ROW * place, row) for place, row in enumerate(made.head)),
        *map(_line, made.lines),
        *map(_box, made.boxes),
        "</svg>",
    ]


def _text(kind: str, x: float, y: float, text: str) -> str:
    anchor = ' text-anchor="end"' if kind == "state" else ""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}"{anchor}>{escape(text)}</text>'


def _box(box: Box) -> str:
    node = box.node
    rounding = min(16, box.height / 2) if node.kind in ROUND else 3
    size = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{rounding:g}"'
    rows = [("label", text) for text in box.labels] + [("detail", text) for text in box.details]
    texts = [_text(kind, box.x + PAD, box.y + FIRST_ROW + ROW * place, row) for place, (kind, row) in enumerate(rows)]
    if node.state is not None and node.state != node.label:
        texts.append(_text("state", box.right - PAD, box.y + FIRST_ROW, node.state))
    title = escape("\n".join((node.label, *node.details)))
    return f'<g class="{node.kind}"><title>{title}</title><rect class="box" {size}/>{"".join(texts)}</g>'


def _line(line: Line) -> str:
    edge = line.edge
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in line.points)
    way = "" if edge.way is Way.NEXT else f" {edge.way}"
    drawn = f'<path class="line{way}" d="{path}" marker-end="url(#ask-point)"/>'
    if not line.text:
        return f"<g>{drawn}</g>"
    return f"<g><title>{escape(edge.label)}</title>{drawn}{_text('small', *line.text_at, line.text)}</g>"
