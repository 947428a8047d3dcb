"""Bytes no school would send: `python -m tests.fuzz` looks for some that break a reader; the suite replays what was found."""
