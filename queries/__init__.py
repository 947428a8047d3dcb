"""What can be asked: one .sql per question, indicators with their catalogue, and ask()."""

from queries.ask import UnknownQuestion, ask, questions

__all__ = ["UnknownQuestion", "ask", "questions"]
