"""Which renderer draws which widget: one ordered table."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.widgets.block import Block
from tui.render.widgets.box import draw_hbox, draw_stack, draw_vbox
from tui.render.widgets.choice import draw_dropdown, draw_radio, draw_select, draw_toggle_buttons
from tui.render.widgets.entry import draw_entry, draw_page
from tui.render.widgets.output import draw_output_widget, draw_picture
from tui.render.widgets.pages import draw_accordion, draw_tabs
from tui.render.widgets.progress import draw_progress
from tui.render.widgets.slider import draw_range_slider, draw_selection_slider, draw_slider
from tui.render.widgets.surface import Renderer, Surface, short
from tui.render.widgets.switch import draw_button, draw_checkbox, draw_toggle, draw_valid
from tui.render.widgets.text import draw_html, draw_label

TABLE: tuple[tuple[Renderer, tuple[str, ...]], ...] = (
    (draw_progress, ("IntProgress", "FloatProgress")),
    (draw_label, ("Label",)),
    (draw_html, ("HTML", "HTMLMath")),
    (draw_hbox, ("HBox",)),
    (draw_vbox, ("VBox", "Box", "GridBox")),
    (draw_output_widget, ("Output",)),
    (draw_slider, ("IntSlider", "FloatSlider", "FloatLogSlider", "Play")),
    (draw_range_slider, ("IntRangeSlider", "FloatRangeSlider")),
    (draw_selection_slider, ("SelectionSlider", "SelectionRangeSlider")),
    (draw_button, ("Button",)),
    (draw_checkbox, ("Checkbox",)),
    (draw_toggle, ("ToggleButton",)),
    (draw_valid, ("Valid",)),
    (draw_dropdown, ("Dropdown",)),
    (draw_radio, ("RadioButtons",)),
    (draw_toggle_buttons, ("ToggleButtons",)),
    (draw_select, ("Select", "SelectMultiple")),
    (draw_entry, ("Text", "Password", "Combobox", "ColorPicker")),
    (draw_entry, ("IntText", "BoundedIntText", "FloatText", "BoundedFloatText")),
    (draw_page, ("Textarea",)),
    (draw_tabs, ("Tab",)),
    (draw_accordion, ("Accordion",)),
    (draw_stack, ("Stack",)),
    (draw_picture, ("Image",)),
)
"""By the models' names, without the `Model` behind them."""
_RENDERERS = {f"{name}Model": renderer for renderer, names in TABLE for name in names}


def renderer_of(model: Model) -> Renderer:
    """What draws a model: for one that is not known, its name; for a box of whatever kind, its children."""
    known = _RENDERERS.get(model.name)
    if known is not None:
        return known
    return draw_vbox if "children" in model.state else _draw_unknown


def _draw_unknown(model: Model, surface: Surface) -> Block:
    name = short(model.text("_view_name") or model.name).removesuffix("Model").removesuffix("View")
    module = short(model.text("_model_module"))
    whose = f" of {module}" if module and not module.startswith("@jupyter-widgets/") else ""
    return surface.note(f"a {name or 'nameless'} widget{whose}, which tnb does not draw")
