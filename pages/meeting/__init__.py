"""A staff meeting: its agenda, the console, the wall, and what is kept of it."""
