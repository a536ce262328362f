"""Accounts as examples."""

ID = "0192f3a8-7c1e-7d3b-9f60-2a4b8c6d0e11"
MOMENT = "2026-11-23T12:00:00Z"
PERSON = {"id": ID, "display_name": "Ada"}
PROFILE = PERSON | {"email": "ada@example.org", "created_at": MOMENT}
SIGN_IN = {
    "user": PROFILE,
    "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTkyIn0.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in_s": 900,
    "refresh_token": "3q2-7wEjRWeJq83v_mN0pXcVbTgYhUjI",
}
CREDENTIALS = {"email": "ada@example.org", "password": "correct horse battery"}
REGISTER = {"body": CREDENTIALS | {"display_name": "Ada"}, "reply": SIGN_IN}
LOGIN = {"body": CREDENTIALS, "reply": SIGN_IN}
TOKEN = {"refresh_token": SIGN_IN["refresh_token"]}
REFRESH = {"body": TOKEN, "reply": SIGN_IN}
LOGOUT = {"body": TOKEN}
ME = {"reply": PROFILE}
CHANGE_ME = {"body": {"display_name": "Ada"}, "reply": PROFILE}
