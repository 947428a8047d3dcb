"""Proof that nobody gets past the door without a sitting that is open now."""
