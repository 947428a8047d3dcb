"""Behind the figures: accounts, loads, rejected rows, the dictionary, and who sees what."""
