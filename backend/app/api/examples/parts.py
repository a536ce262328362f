"""Parts of a universe as examples; the tests' universe is such a one."""

from app.api.examples.reference import TEMPO

GRAVITY = {"gravity": [0, -3.2, 0]}
PHYSICS = {"query": {"filled": "false"}, "reply": GRAVITY}
CHANGE_PHYSICS = {"body": GRAVITY, "reply": GRAVITY}
MUSIC = {"query": {"filled": "false"}, "reply": {"tempo": 90}}
CHANGE_MUSIC = {"body": {"tempo": 96, "scale": "dorian"}, "reply": {"tempo": 96, "scale": "dorian"}}
VISUAL = {"query": {"filled": "false"}, "reply": {"glow": 0.5}}
CHANGE_VISUAL = {"body": {"glow": 0.7}, "reply": {"glow": 0.7}}
RULE = {"when": {"event": "collision"}, "note": {"voice": "bell", "degree": 0}}
MAPPINGS = {"reply": {"rules": {"hits": RULE}}}
CHANGE_MAPPINGS = {
    "body": {"rules": {"hits": {"note": {"voice": "pluck"}}}, "voices": {"soft": {"like": "pad"}}},
    "reply": {
        "rules": {"hits": RULE | {"note": {"voice": "pluck", "degree": 0}}},
        "voices": {"soft": {"like": "pad"}},
    },
}
BALL = {"position": [0, 1, 0], "mass": 2}
BODIES = {"reply": {"ball": BALL}}
CHANGE_BODIES = {
    "body": {"ball": {"mass": 3}, "moon": {"position": [2, 0, 0]}},
    "reply": {"ball": BALL | {"mass": 3}, "moon": {"position": [2, 0, 0]}},
}
BODY = {"reply": BALL}
PUT_BODY = {"body": BALL, "reply": BALL}
CHANGE_BODY = {"body": {"mass": 5}, "reply": BALL | {"mass": 5}}
SETTING = {"parameter": TEMPO, "value": 90, "said": True}
SETTINGS = {"query": {"part": "music"}, "reply": {"items": [SETTING]}}
RESET = {"reply": {"items": [SETTING | {"value": 120, "said": False}]}}
