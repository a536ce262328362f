"""The parameters of the picture."""

from app.core.parameters.parameter import flag, form, number, word

KINDS = (
    "particles", "orbits", "waveform", "spectrum", "spectrogram", "score", "phase space", "custom",
)  # fmt: skip
PALETTES = ("spectrum", "monochrome", "complementary", "analogous", "triadic", "custom")

ROWS = (
    word("visual.kind", KINDS, "particles", "What the picture shows."),
    word("visual.palette", PALETTES, "spectrum", "Which colours; each readable by colour-blind eyes."),
    number("visual.particle_size", "", 0.1, 10, 1.0, "Size of the bodies in the picture."),
    number("visual.trail_length", "", 0, 1, 0.5, "How long a body's path stays."),
    number("visual.glow", "", 0, 1, 0.5, "How much light spreads around a body."),
    number("visual.blur", "", 0, 1, 0.0, "How soft the picture is."),
    number("visual.brightness", "", 0, 1, 0.8, "How bright the picture is."),
    number("visual.saturation", "", 0, 1, 0.8, "How colourful the picture is."),
    number("visual.camera.zoom", "", 0.1, 5, 1.0, "Nearer or further than what fits the picture."),
    number("visual.camera.rotation", "degree", 0, 360, 0.0, "Turn of the view about the upward axis."),
    form("visual.camera.pan", (0.0, 0.0), "Shift of the view, right and up, length."),
    form("visual.camera.follow", "", "Id of a body the view follows."),
    word("visual.background", ("dark", "light"), "dark", "What the bodies are drawn on."),
    flag("visual.grid", False, "Whether a grid of lengths is drawn."),
    flag("visual.labels", False, "Whether bodies carry their names."),
)  # fmt: skip
