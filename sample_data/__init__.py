"""見晴市: an invented district, written from a seed as the files real school systems export."""

from sample_data.calendar_days import TODAY
from sample_data.cast import CAST, Member
from sample_data.planting import Planted, StoryChild, planted
from sample_data.seeds import SEED
from sample_data.writing import write

__all__ = ["CAST", "SEED", "TODAY", "Member", "Planted", "StoryChild", "planted", "write"]
