"""The cast: the named adults with whom the sample district is shown and tested."""

from dataclasses import dataclass

PASSWORD = "miharashi"

# A published password of an invented district needs no fresh salt: one hash keeps equal seeds equal bytes.
PASSWORD_HASH = "$2b$12$76zyS/mKMv25C7hnlz1UteojpUqXstX5e.Izu0wAevzbqEiwMhvXW"


@dataclass(frozen=True)
class Member:
    """One of the cast. `school` is None at the board; `role` is None for the account without a role."""

    username: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    role: str | None
    school: str | None
    ja: str
    en: str
    staff_number: str
    classes: tuple[tuple[int, str], ...] = ()
    """The homeroom class of each 年度: (年度, title)."""

    @property
    def email(self) -> str:
        """An address that can reach nobody."""
        return f"{self.username}@miharashi.example"


_E, _J, _S = "見晴小学校", "見晴中学校", "見晴特別支援学校"


def _years(title: str, *earlier: str) -> tuple[tuple[int, str], ...]:
    return tuple(zip((2026, 2025, 2024), (title, *earlier), strict=True))


CAST = [
    Member("suzuki", "鈴木", "美咲", "スズキ", "ミサキ", "principal", _E,
           "校長（見晴小学校）", "Principal, Miharashi Elementary", "T000101"),
    Member("ito", "伊藤", "誠", "イトウ", "マコト", "principal", _E,
           "教頭（見晴小学校）", "Vice principal, Miharashi Elementary", "T000102"),
    Member("tanaka", "田中", "健", "タナカ", "ケン", "teacher", _E,
           "担任（見晴小学校 5年2組）", "Homeroom teacher, class 5-2, Miharashi Elementary", "T000103",
           _years("5年2組", "4年2組", "3年2組")),
    Member("nakamura", "中村", "恵", "ナカムラ", "メグミ", "grade_leader", _E,
           "学年主任（見晴小学校 5年、5年1組担任）", "Grade leader, grade 5, Miharashi Elementary", "T000104",
           _years("5年1組", "4年1組", "3年1組")),
    Member("yamamoto", "山本", "翔", "ヤマモト", "ショウ", "subject_teacher", _E,
           "教科担任（見晴小学校 算数）", "Subject teacher (maths), Miharashi Elementary", "T000105"),
    Member("watanabe", "渡辺", "彩", "ワタナベ", "アヤ", "school_nurse", _E,
           "養護教諭（見晴小学校）", "School nurse, Miharashi Elementary", "T000106"),
    Member("kato", "加藤", "千尋", "カトウ", "チヒロ", "special_needs_coordinator", _E,
           "特別支援教育コーディネーター（見晴小学校）", "Special needs coordinator, Miharashi Elementary", "T000107"),
    Member("kobayashi", "小林", "真由", "コバヤシ", "マユ", "counselor", _E,
           "スクールカウンセラー（見晴小学校ほか）", "School counselor, Miharashi Elementary and others", "T000108"),
    Member("yoshida", "吉田", "修", "ヨシダ", "オサム", "clerk", _E,
           "事務職員（見晴小学校）", "Clerk, Miharashi Elementary", "T000109"),
    Member("yamada", "山田", "幸子", "ヤマダ", "サチコ", "aide", _E,
           "学習支援ボランティア（見晴小学校）", "Volunteer aide, Miharashi Elementary", "T000110"),
    Member("matsumoto", "松本", "玲子", "マツモト", "レイコ", "principal", _J,
           "校長（見晴中学校）", "Principal, Miharashi Junior High", "T000111"),
    Member("sasaki", "佐々木", "大輔", "ササキ", "ダイスケ", "teacher", _J,
           "担任（見晴中学校 2年1組）", "Homeroom teacher, class 2-1, Miharashi Junior High", "T000112",
           _years("2年1組", "1年1組", "3年2組")),
    Member("kimura", "木村", "優", "キムラ", "ユウ", "teacher", _S,
           "担任（見晴特別支援学校 小学部3年1組）", "Homeroom teacher, Miharashi Special Needs School", "T000113",
           _years("小学部3年1組", "小学部2年1組", "小学部1年1組")),
    Member("sato", "佐藤", "由美", "サトウ", "ユミ", "board_officer", None,
           "指導主事（教育委員会）", "Board officer, Board of Education", "T000114"),
    Member("takahashi", "高橋", "一郎", "タカハシ", "イチロウ", "administrator", None,
           "教育委員会 管理者", "Administrator, Board of Education", "T000115"),
    Member("mori", "森", "明", "モリ", "アキラ", None, None,
           "役割のないアカウント", "An account with no role", "T000116"),
]  # fmt: skip


def member(username: str) -> Member:
    """The person of the cast with that username."""
    return next(person for person in CAST if person.username == username)
