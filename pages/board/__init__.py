"""All schools of a board, and all municipalities of a prefecture, side by side."""
