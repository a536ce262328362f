"""The parameters of the physics. Lengths, masses in the document's units; time in its clock's unit."""

from app.core.parameters.parameter import Parameter, flag, form, number, word

ROWS = (
    Parameter(
        "physics.gravity", "vector", "length/s²", -20, 20, (0.0, -9.81, 0.0),
        "A uniform pull on every body that moves freely; y is up.",
    ),
    Parameter(
        "physics.gravitation", "number", "G", 0, 1000, 0.0,
        "How strongly every body pulls every other; `natural` derives G from the units.",
        ("natural",),
    ),
    number("physics.softening", "length", 0, 10, 0.05, "Tames the pull at close range; 0 is exact."),
    number("physics.friction", "", 0, 1, 0.1, "Slows what slides along a wall or another body."),
    number("physics.elasticity", "", 0, 1, 0.7, "Speed kept by a bounce; 1 keeps kinetic energy."),
    number("physics.air_resistance", "1/s", 0, 1, 0.0, "Drag in proportion to the speed."),
    form("physics.medium", "none",
         "What the bodies move in: none, air, water, or {fluid_density 0..2000 kg/m³, viscosity 0..1 Pa·s}: drag and buoyancy by radius and speed."),
    number("physics.density", "kg/m³", 0.001, 20_000, 240.0,
           "Mass of a body without one: density · 4/3 π radius³.", live=False),
    number("physics.particle_mass", "mass", 0.001, 1e6, None,
           "Mass of each sown body; without one, density decides.", live=False),
    number("physics.particle_radius", "length", 0, 10, 0.1,
           "Radius of a body without one; 0 is a point.", live=False),
    number("physics.time_scale", "", 0.1, 5, 1.0, "Multiplies the rate of the clock."),
    number("physics.energy_dissipation", "1/s", 0, 1, 0.0,
           "Inner motion dies away while the whole keeps moving."),
    number("physics.temperature", "K", 0, 1000, 0.0,
           "A bath that kicks each body once a second on average, through its rods; 0 is off."),
    number("physics.pressure", "Pa", 0, 200, 0.0,
           "A soft wall one length deep pushes bodies inward; 0 is off."),
    Parameter("physics.floor", "number", "length", -1e6, 1e6, None,
              "Height of a floor; without one there is only the boundary.", live=False),
    word("physics.integrator", ("verlet", "yoshida4"), "verlet",
         "How paths are stepped: yoshida4 is finer and costs three times as much.", live=False),
    word("physics.accuracy", ("normal", "high"), "normal",
         "How finely paths are stepped: high takes many smaller steps.", live=False),
    flag("physics.spin", False, "Whether friction makes bodies spin."),
)  # fmt: skip
