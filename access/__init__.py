"""Who may see what: the viewer, the matrix of sharing, and the one gate to rows."""

from access.gate import children_of, district_path, schools_of, viewer_of, viewers_of
from access.jurisdictions import refuse_elsewhere, use_district
from access.sharing import Sight, sight_of
from access.viewer import Refused, Role, Viewer

__all__ = [
    "Refused",
    "Role",
    "Sight",
    "Viewer",
    "children_of",
    "district_path",
    "refuse_elsewhere",
    "schools_of",
    "sight_of",
    "use_district",
    "viewer_of",
    "viewers_of",
]
