"""A draft of a mapping for an export nobody has described yet."""
