"""What the lights are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.groups.rules import Light

LIGHTS: dict[Light, str] = {
    Light.GREEN: N_("Green: room left"),
    Light.WATCH: N_("Yellow: watch"),
    Light.NEAR: N_("Amber: near the limit"),
    Light.REACHED: N_("Red: limit reached"),
    Light.UNKNOWN: N_("Unknown: no capital figure"),
}
