"""Points of a story as examples."""

SAID = {
    "at": "bar 17",
    "title": "Heat",
    "text": "The gas boils.",
    "changes": {"physics.temperature": 400},
    "over": "8 bars",
}
POINT = {"id": "heat", "seconds": 32.0} | SAID
POINTS = {
    "query": {"limit": 20, "sort": "time"},
    "reply": {"items": [POINT], "next_cursor": None},
}
CREATE = {"body": {"id": "boil"} | SAID, "reply": POINT | {"id": "boil"}}
CHANGE_ALL = {
    "body": {"heat": {"title": "More heat"}, "calm": {"at": 60}},
    "reply": {"heat": SAID | {"title": "More heat"}, "calm": {"at": 60}},
}
READ = {"reply": POINT}
PUT = {"body": SAID, "reply": POINT}
CHANGE = {"body": {"title": "More heat"}, "reply": POINT | {"title": "More heat"}}
MOVE = {"body": {"at": 12.5}, "reply": POINT | {"at": 12.5, "seconds": 12.5}}
