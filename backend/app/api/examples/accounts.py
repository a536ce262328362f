"""Accounts as examples."""

ID = "0192f3a8-7c1e-7d3b-9f60-2a4b8c6d0e11"
MOMENT = "2026-11-23T12:00:00Z"
LATER = "2027-02-21T12:00:00Z"
PERSON = {"id": ID, "display_name": "Ada"}
AVATAR = f"/api/v1/users/{ID}/avatar?v=3a7bd3e2360a3d29"
PUBLIC = PERSON | {
    "handle": "ada",
    "bio": "I tune gases.",
    "colour": "#ffd9a0",
    "avatar": AVATAR,
}
PROFILE = PUBLIC | {
    "email": "ada@example.org",
    "email_confirmed": True,
    "preferences": {"theme": "dark", "motion": "system", "language": "en"},
    "created_at": MOMENT,
}
SIGN_IN = {
    "user": PROFILE,
    "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTkyIn0.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in_s": 900,
    "refresh_token": "3q2-7wEjRWeJq83v_mN0pXcVbTgYhUjI",
}
CREDENTIALS = {"email": "ada@example.org", "password": "correct horse battery"}
LINK = {"token": "Zm9sbG93IHRoaXMgbGluayB3aXRoaW4gdGVuIG1pbnV"}
REGISTER = {"body": CREDENTIALS | {"display_name": "Ada"}, "reply": SIGN_IN}
OPENING = LINK | {"password": CREDENTIALS["password"]}
CONFIRM = {"body": OPENING, "reply": SIGN_IN}
LOGIN = {"body": CREDENTIALS, "reply": SIGN_IN}
TOKEN = {"refresh_token": SIGN_IN["refresh_token"]}
REFRESH = {"body": TOKEN, "reply": SIGN_IN}
LOGOUT = {"body": TOKEN}
SESSION = {
    "id": "0192f3a8-7d00-7a11-8b22-0c33d44e55f6",
    "client": "studio",
    "label": "Firefox on Linux",
    "created_at": MOMENT,
    "last_used_at": MOMENT,
    "expires_at": LATER,
    "current": True,
}
SESSIONS = {"reply": {"items": [SESSION]}}
PASSWORD = {"body": {"current": CREDENTIALS["password"], "new": "staple the battery horse"}}
FORGOTTEN = {
    "body": {"email": CREDENTIALS["email"]},
    "reply": {"sent_to": CREDENTIALS["email"], "expires_in_s": 600},
}
RESET = {"body": LINK | {"password": "staple the battery horse"}}
EMAIL = {
    "body": {"email": "countess@example.org", "password": CREDENTIALS["password"]},
    "reply": PROFILE | {"email": "countess@example.org", "email_confirmed": False},
}
CONFIRM_EMAIL = {"body": OPENING}
ME = {"reply": PROFILE}
CHANGE_ME = {
    "body": {"display_name": "Ada", "colour": "#ffd9a0", "preferences": {"theme": "dark"}},
    "reply": PROFILE,
}
LEAVE = {"body": {"password": CREDENTIALS["password"], "heir": None, "delete_universes": True}}
PERSON_READ = {"reply": PUBLIC}
KEY = {
    "id": "0192f3a8-7e10-7c44-9d55-1e66f77a88b9",
    "name": "nightly renders",
    "prefix": "mundi_7k2qxw4a",
    "scopes": ["universes:read", "exports"],
    "created_at": MOMENT,
    "expires_at": None,
    "last_used_at": None,
}
KEYS = {"reply": {"items": [KEY]}}
MAKE_KEY = {
    "body": {"name": KEY["name"], "scopes": KEY["scopes"]},
    "reply": KEY | {"secret": "mundi_7k2qxw4a_c2hvd24gb25jZSBhbmQga2VwdCBieSB5b3UsIG5vdCB1cw"},
}
