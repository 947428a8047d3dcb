"""How things look: cards, charts, tables, words, and what a projector does to them."""
