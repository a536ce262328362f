"""What the API says of itself, as examples."""

TEMPO = {
    "path": "music.tempo",
    "name": "tempo",
    "kind": "number",
    "unit": "BPM",
    "low": 40,
    "high": 200,
    "default": 120,
    "meaning": "beats a minute",
    "choices": [],
    "live": True,
}
PARAMETERS = {"query": {"part": "music", "text": "tempo"}, "reply": {"items": [TEMPO]}}
SCHEMA = {
    "reply": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Universe",
        "type": "object",
    }
}
LIMITS = {"reply": {"limits": {"document_bytes_max": 262144, "universes_per_user": 500}}}
