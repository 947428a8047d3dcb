"""Proof that the house does what it says, one room at a time."""
