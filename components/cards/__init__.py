"""The card and its parts: a finding, tiles, and what is said where there is nothing to show."""
