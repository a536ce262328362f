"""Names of the rows and cells of the engine's arrays: structure of arrays, one state a room.

`body` is float64 (BODY_ROWS, bodies), `tag` int64 (TAG_ROWS, bodies), `par` float64 (PARS,), `ctl`
int64 (CTLS,). Times inside a substep count from its start; lengths, masses, times are universe units.
"""

# body: the knot, the last instant from which this body flies undisturbed
X, Y, Z, VX, VY, VZ = range(6)
AX, AY, AZ = 6, 7, 8  # acceleration of the arc it flies from there
GX, GY, GZ = 9, 10, 11  # force per mass at the start of the substep, drag apart
EX, EY, EZ, EVX, EVY, EVZ = range(12, 18)  # at the end of the substep
T = 18  # when the knot is
MASS, INVERSE, RADIUS, BOUNCE, RUB, DRAG = range(19, 25)  # INVERSE is 0 for what nothing moves
# On rails: semi-major axis, eccentricity, mean motion, mean anomaly at time 0, and the directions of
# the periapsis (P) and of motion there (Q).
AXIS, ECCENTRICITY, MOTION, ANOMALY = range(25, 29)
PX, PY, PZ, QX, QY, QZ = range(29, 35)
CX, CY, CZ, LENGTH = range(35, 39)  # a rod: its pivot and length
BORN, SLOW = 39, 40  # time of entry; for how long it has been slow in a pile
WX, WY, WZ = 41, 42, 43  # force per mass at the start of the substep, whatever carries the body
CHARGE = 44
KX, KY, KZ = 45, 46, 47  # what rods and strings add to the force, per mass
SX, SY, SZ = 48, 49, 50  # spin, radians per time
RANGE = 51  # how far it may come in the substep on its present arc
LX, LY, LZ = 52, 53, 54  # where it was when neighbours were last looked for
TX, TY, TZ = 55, 56, 57  # how fast friction changes its spin in this substep
BODY_ROWS = 58

KIND, ABOUT, TOUCH, STAMP, HELD, LOG, KEY, PILED, ISLAND, ASLEEP, RESTED, GONE, SPED = range(13)
LIES = 13  # the wall it is pressed to most
CLUMP = (
    14  # bodies tied closer than they are wide share one, from 1 on: they do not touch each other
)
# What rods and strings tie together, however far, shares one, from 1 on: a blow on one moves all.
CHAIN = 15
TAG_ROWS = 16
FREE, FIXED, RAILS, ROD = range(4)

# par: parameters and running numbers
PULL_X, PULL_Y, PULL_Z = 0, 1, 2  # uniform gravity
GRAVITATION, SOFTENING2 = 3, 4
LOW_X, LOW_Y, LOW_Z, HIGH_X, HIGH_Y, HIGH_Z = range(5, 11)  # walls; infinite where there is none
NOW = 11  # universe time at the start of the substep
SPAN = 12  # length of the substep
GAP = 13  # bounces quicker than this come to rest: 30 ms of heard time
TEMPERATURE, DISSIPATION, AIR = 14, 15, 16
SEE_X, SEE_Y, SEE_Z = 17, 18, 19  # toward the observer
CRUISE_X, CRUISE_Y, CRUISE_Z = 20, 21, 22  # velocity of the centre of mass
FASTEST = 23  # greatest speed at the start of the substep
QUICKEST = 24  # greatest 1/time² of the pulls: sets the substep
FIRST = 25  # universe time of the start of the tick
PRESSURE, FLUID, VISCOSITY = 26, 27, 28  # soft walls; density and viscosity of the medium
WALL_PUSH = 29  # momentum given to the walls since the last reading
STEP = 30  # longest substep
LEAST, MOST = 31, 34  # corners of the cells, three numbers each
CLOSING = 38  # rate at which that pair's distance shrinks, 1/time
PUSHED = 39  # momentum the soft walls took since the start of the tick
FELT = 40  # pressure on the walls, smoothed over a heard second
WRAP_X, WRAP_Y, WRAP_Z = 41, 42, 43  # edges of a periodic world; 0 where it does not wrap
SIDE = 44  # edges of a cell, three numbers
REACH = 47  # how far any body may come in this substep
SLACK = 48  # how far bodies may come from L.. before neighbours are looked for again; -1: do
HARDEST = 49  # greatest force per mass
TICK_SPAN = 50  # longest substep of this tick
INERTIA = 51  # mass · radius² / moment of inertia of what friction spins; 0: nothing spins
PARS = 52

(
    SEED,
    TICK,
    TOUCHING,  # any bodies that collide
    MUTUAL,  # bodies pull each other
    FINE,  # yoshida4
    EVENTS,  # events written
    KNOTS,  # pieces of path written in this substep
    QUEUE,  # impacts waiting
    FAULT,  # what stopped the run, see below
    CULPRIT,  # whom it concerns
    BUDGET,  # impacts left in this tick
    STEPS,  # substeps for close passes left in this tick
    SPENT,  # budgets that ran out
    QUIET,  # the tick from which on that is told again
    DONE,  # ticks done
    PLANAR,  # two dimensions
    ABSORB,  # walls take what hits them
    WRAP,  # the world is periodic
    FIELDS,  # rows of the scene that are fields; links follow
    LINKS,
    TIED,  # links that are rods or strings
    WRAPPED,  # a body went round in this substep
    PRECISE,  # accuracy: high
    ELASTIC,  # nothing that touches loses speed in a bounce
    PLAIN,  # nothing touches, drags, ties or runs on rails
    SPEEDERS,  # bodies faster than foreseen in this substep
    BONDS,  # contacts of the last substep
    COLUMNS,  # cells along x, y, z
) = range(28)
BRITTLE = 30  # links that may break
CTLS = 32

OK, MORE_EVENTS, MORE_KNOTS, MORE_QUEUE, MORE_PAIRS, MORE_BONDS, BLOWN = range(7)

# scene: fields, then links
F_KIND, F_X, F_Y, F_Z, F_TX, F_TY, F_TZ, F_STRENGTH, F_RADIUS, F_FALLOFF, F_CHARGED = range(11)
RADIAL, DIRECTIONAL, VORTEX, TETHER = range(4)
NONE, LINEAR, INVERSELY, SQUARELY = range(4)
L_KIND, L_I, L_J, L_STIFF, L_LENGTH, L_DAMP, L_BREAKS, L_ALIVE, L_PULL, L_NOW, L_END, L_TAKES = (
    range(12)
)
# L_TAKES is 1 where a rod takes a degree of freedom that no other has taken.
SPRING, STIFF, STRING = range(3)
SCENE = 12

FAR = 1e15  # a coordinate beyond this is no place any more
BOLTZMANN = 0.01  # J/K: a kilogram at 300 K moves at about 3 m/s
WHOLE = 40  # codes of measures of the whole universe begin here
SPARE = 8  # the first of twelve rows of `force` that hold nothing between two calls
FORCE_ROWS = 20

# events: rows (capacity, EVENT) that hold numbers, looked at as float64, then marks, as int64
E_OFFSET, E_TIME, E_X, E_Y, E_Z, E_IMPULSE, E_SPEED, E_ENERGY, E_VALUE = range(9)
E_KIND, E_TICK, E_I, E_J, E_P, E_WATCH, E_INDEX, E_DIRECTION, E_WALL, E_SIDE = range(9, 19)
EVENT = 19

(COLLISION, TRANSIT, CONJUNCTION, APSIS, CROSSING, REST, ESCAPE, CAPTURE, BREAK, OVERLOAD) = range(
    10
)
KINDS = (
    "collision",
    "transit",
    "conjunction",
    "apsis",
    "crossing",
    "rest",
    "escape",
    "capture",
    "break",
    "overload",
)
WALLS = ("left", "floor", "back", "right", "ceiling", "front")  # low x, y, z, high x, y, z
