"""Proof that what people write down is kept, and only what may be kept."""
