"""From the lake to a published district file."""
