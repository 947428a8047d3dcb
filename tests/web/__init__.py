"""Proof that nobody reaches the app without a session that is open now."""
