"""A sheet of matplotlib that is measured in the pixels of the page, from the upper left, and keeps the marks.

There is no pyplot and no global state but what is set once at the import: a figure belongs to who draws it, so two
threads may draw two charts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rmdesk.services.charts import fonts
from rmdesk.services.charts.picture import Drawn, Mark, Style

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

DOTS = 72  # a point is then a pixel of the page, for lines and letters alike
RING = 1.2
SMALL = 12.0  # the size of letters, as in the other charts of the window


@cache
def _ready() -> type[FigureCanvasAgg]:
    """matplotlib, loaded and set up once."""
    fonts.keep_cache()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    # The minus of typography is missing in some Chinese fonts. Outlines keep an SVG free of names of fonts.
    mpl.rcParams.update({"axes.unicode_minus": False, "svg.fonttype": "path", "svg.hashsalt": "rmdesk"})
    return FigureCanvasAgg


class Canvas:
    """What is drawn is drawn here; x goes to the right, y down, in pixels of the page."""

    def __init__(self, style: Style) -> None:
        painter = _ready()
        from matplotlib.figure import Figure

        self.style = style
        self.width, self.height = max(16.0, style.width), max(16.0, style.height)
        self.figure: Figure = Figure(figsize=(self.width / DOTS, self.height / DOTS), dpi=DOTS * style.ratio)
        self.figure.patch.set_visible(bool(style.ground))
        if style.ground:
            self.figure.patch.set_facecolor(style.ground)
        self._agg: Any = painter(self.figure)  # half of its methods have no types
        self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._axes.set_xlim(0.0, self.width)
        self._axes.set_ylim(self.height, 0.0)
        self.marks: list[Mark] = []

    # Measures.

    def px(self, size: float) -> float:
        """A length that follows the size of text."""
        return size * self.style.percent / 100

    def font(self, size: float = SMALL, *, bold: bool = False) -> FontProperties:
        """The font of the labels."""
        return fonts.properties(self.style.families, self.px(size), bold=bold)

    @property
    def line(self) -> float:
        """The height of a line of small text."""
        return self.px(SMALL) * 1.4

    def wide(self, text: str, size: float = SMALL) -> float:
        """How wide a text is."""
        renderer = self._agg.get_renderer()
        width, _height, _below = renderer.get_text_width_height_descent(text, self.font(size), False)
        return float(width) / self.style.ratio

    def colour(self, token: str) -> str:
        """The colour of a token."""
        return self.style.colours[token]

    # Drawing.

    def text(
        self, x: float, y: float, text: str, *, token: str = "ink3", across: str = "left", size: float = SMALL,
        bold: bool = False,
    ) -> None:  # fmt: skip
        """A line of text whose middle is at `y`."""
        self._axes.text(
            x, y, text, color=self.colour(token), ha=across, va="center_baseline", parse_math=False,
            fontproperties=self.font(size, bold=bold),
        )  # fmt: skip

    def path(
        self, xs: Sequence[float], ys: Sequence[float], token: str, *, wide: float = 2.0, dashed: bool = False
    ) -> None:
        """A line through points; NaN is a gap."""
        self._axes.plot(
            xs, ys, color=self.colour(token), linewidth=wide, linestyle=(0, (3, 3)) if dashed else "-",
            solid_capstyle="round", solid_joinstyle="round",
        )  # fmt: skip

    def fill(self, xs: Sequence[float], tops: Sequence[float], base: float, token: str, strength: float) -> None:
        """The ground between a line and a height."""
        self._axes.fill_between(xs, tops, base, color=self.colour(token), alpha=strength, linewidth=0)

    def box(
        self, left: float, top: float, wide: float, high: float, token: str, *, strength: float = 1.0, round: float = 0
    ) -> None:
        """A filled box, with round corners if asked."""
        from matplotlib.patches import FancyBboxPatch, Rectangle

        shape: Rectangle | FancyBboxPatch = Rectangle((left, top), wide, high)
        if round > 0:
            corners = f"round,pad=0,rounding_size={min(round, wide / 2, high / 2)}"
            shape = FancyBboxPatch((left, top), wide, high, boxstyle=corners)
        shape.set(facecolor=self.colour(token), edgecolor="none", alpha=strength)
        self._axes.add_patch(shape)

    def dots(
        self, xs: Sequence[float], ys: Sequence[float], radii: Sequence[float], tokens: Sequence[str], strength: float,
        rings: Sequence[bool] = (),
    ) -> None:  # fmt: skip
        """Many circles at once, later ones above earlier ones; some with a ring in the full colour."""
        from matplotlib.colors import to_rgba

        areas = [(2 * radius) ** 2 for radius in radii]
        colours = [self.colour(token) for token in tokens]
        soft, full = [to_rgba(colour, strength) for colour in colours], [to_rgba(colour) for colour in colours]
        wide = [RING if ring else 0.0 for ring in rings] or 0.0
        self._axes.scatter(xs, ys, s=areas, c=soft, edgecolors=full, linewidths=wide)

    def mark(
        self, pick: str, label: str, left: float, top: float, wide: float, high: float, *, circle: bool = False
    ) -> None:
        """A place that can be pressed; without a pick there is none."""
        if pick:
            self.marks.append(Mark(pick, label, left, top, wide, high, circle))

    # The picture.

    def drawn(self) -> Drawn:
        """The bytes in the form that was asked for."""
        if self.style.form == "svg":
            out = io.BytesIO()
            self.figure.savefig(out, format="svg", transparent=not self.style.ground, metadata={"Date": None})
            data, wide, high = out.getvalue(), round(self.width), round(self.height)
        else:
            self._agg.draw()
            wide, high = self._agg.get_width_height(physical=True)
            data = self._png() if self.style.form == "png" else bytes(self._agg.buffer_rgba())
        return Drawn(self.style.form, data, wide, high, tuple(self.marks))

    def _png(self) -> bytes:
        out = io.BytesIO()
        self._agg.print_png(out, metadata={"Software": None})
        return out.getvalue()
