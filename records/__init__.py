"""What people write down: accounts, sessions, who saw which child, and what happened at the door.

Everything here lives in one transactional store beside the district file: SQLite by default, PostgreSQL when
several machines serve. Only this room knows SQLAlchemy.
"""
