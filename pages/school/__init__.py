"""One school: where it stands, what has changed, and the staff's hours."""
