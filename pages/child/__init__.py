"""One child: the whole story before a talk, notes and plans, papers and the hand-over."""
