"""One module per source, each with its Flow."""
