"""The door: nothing of the house is reached without a sitting that is open now."""

COOKIE = "miharashi_session"
