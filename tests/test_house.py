"""The rules of the house, as tests: what a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import (
    JAPANESE,
    MACHINE_PATH,
    ROOMS,
    ROOT,
    calls_in,
    files,
    functions_of,
    header_of,
    imports_of,
    name_of,
    names_bound_in,
    sentences_in,
    tree_of,
    words,
)

FORBIDDEN_NAMES = {"utils", "helpers", "manager", "service", "core", "common", "process", "data", "df"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# file: why it may be longer
LONG_FILES: dict[str, str] = {
    "access/visible.sql": "every rule of who sees what stands in one file, to be read at one sitting",
}
# where Japanese may stand in the program itself, and why
JAPANESE_IN_CODE: dict[str, str] = {
    "sample_data/": "invents Japanese people, places and exports",
    "marts/": "names what it publishes in both languages",
    "ingest/": "reads Japanese column names and codes; its messages to people come in both languages",
    "tests/": "rows and words as they really come",
    "components/dates.py": "月日, 年度 and 令和 are written here: Babel has no Japanese era",
    "components/date_columns.py": "the same in a table's column",
    "components/tables/register_marks.py": "the marks teachers write by hand",
    "components/children/marks.py": "what calendars call the first day of a term",
    "pages/shell.py": "the name of the house",
    "records/": "what a column means, kept in the database",
}
JAPANESE_IN_ENGLISH = {
    "menu.other_language": "names the other language",
    "lens.attendance_key": "explains the marks",
    "document.attendance_note": "the same on paper",
    "meeting.titles": "how children are called, to find their names in words meant for a wall",
}


def tool(*words: str) -> tuple[int, str]:
    """Exit code and words of one of the project's own commands."""
    binaries = Path(sys.executable).parent
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    run = subprocess.run(
        [str(binaries / words[0]), *words[1:]],
        cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )
    return run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("lint-imports", "--no-cache"),
        ("ruff", "check", "--no-cache", "--output-format", "concise", "."),
        ("mypy",),
        ("sqlfluff", "lint", "--processes", "2", "--disable-progress-bar", *ROOMS),
    ],
    ids=["imports go downhill", "ruff", "types", "house SQL"],
)
def test_checker_is_content(words: tuple[str, ...]) -> None:
    code, said = tool(*words)
    assert code == 0, said


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("duckdb", ("access/", "ingest/", "marts/", "bench/", "tests/")),
        ("sqlalchemy", ("records/", "tests/")),
        ("alembic", ("records/", "tests/")),
        ("streamlit", ("app.py", "pages/", "components/", "bench/", "tests/")),
        ("pandas", ()),
    ],
)
def test_a_package_is_imported_only_where_it_belongs(package: str, allowed: tuple[str, ...]) -> None:
    strays = [name_of(path) for path in files(".py") if package in imports_of(path) and not name_of(path).startswith(allowed)]
    assert not strays, "\n".join(strays)


def test_charts_do_not_know_streamlit() -> None:
    charts = [path for path in files(".py", rooms=("components",)) if name_of(path).startswith("components/charts")]
    assert charts
    assert [name_of(path) for path in charts if "streamlit" in imports_of(path)] == []


def test_no_pages_folder_stands_beside_the_entry_script() -> None:
    assert (ROOT / "pages" / "shell.py").is_file()
    assert [name_of(folder) for folder in (ROOT / "pages").rglob("*") if folder.is_dir() and folder.name == "pages"] == []


def test_a_page_file_does_nothing_when_it_is_run() -> None:
    """Streamlit could run such a file by its URL: it holds imports, functions, dataclasses and plain constants only."""
    exempt = {ROOT / "pages" / name for name in ("__init__.py", "shell.py")}  # the list of screens, and the entry script itself
    pages = [path for path in (ROOT / "pages").rglob("*.py") if path not in exempt]
    strays = []
    for path in pages:
        for position, node in enumerate(tree_of(path).body):
            is_docstring = position == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not is_docstring and not is_inert(node):
                strays.append(f"{name_of(path)}:{node.lineno}")
    assert {path.parent.name for path in pages} >= {"pages", "child", "classroom", "school", "meeting", "board", "office"}
    assert not strays, "\n".join(strays)


def is_inert(node: ast.stmt) -> bool:
    """Whether a statement only names something."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = [inner for target in targets for inner in ast.walk(target) if isinstance(inner, ast.expr)]
        is_constant = all(isinstance(inner, ast.Tuple) or getattr(inner, "id", "").isupper() for inner in named)
        return is_constant and not any(isinstance(inner, ast.Call) for inner in ast.walk(node))
    return isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)


def test_names_say_what_a_thing_is() -> None:
    strays = [name_of(path) for path in files(".py", ".sql") if path.stem in FORBIDDEN_NAMES]
    strays += [
        f"{name_of(path)}:{line} {name}"
        for path in files(".py")
        for name, line in names_bound_in(path)
        if name in FORBIDDEN_NAMES
    ]
    assert not strays, "\n".join(strays)


def test_a_question_names_only_what_the_gate_shows() -> None:
    """`district.attendance` is the unguarded table, `read_csv` a way past everything."""
    questions = [path for path in files(".sql", rooms=("queries",)) if path.parent.name not in ("build", "indicators")]
    way_past = re.compile(r"\b(read_\w+|glob|copy|attach|install|load)\s*\(|\b(district|lake)\.", re.IGNORECASE)
    assert questions
    assert [name_of(path) for path in questions if way_past.search(code_of(path))] == []


def code_of(sql: Path) -> str:
    """The query without its comments."""
    return re.sub(r"--[^\n]*", "", sql.read_text(encoding="utf-8"))


def test_every_query_says_what_it_means() -> None:
    strays = []
    for path in files(".sql", rooms=("queries", "access")):
        header = header_of(path)
        if not header or not re.search(r"\w{3}", header[0]):
            strays.append(f"{name_of(path)}: no header")
        wanted = {"questions": ["grain"], "indicators": ["grain"], "signals": ["grain"], "build": ["grain", "key"]}
        strays += [
            f"{name_of(path)}: no {word}"
            for word in wanted.get(path.parent.name, [])
            if not any(line.startswith(f"{word}:") for line in header)
        ]
    assert not strays, "\n".join(strays)


def test_every_word_is_a_key_that_somebody_reads() -> None:
    """A key is a name, not a sentence: mending a sentence must not lose its translation."""
    keys = set(words())
    assert keys
    # a school subject goes by what the export calls it
    own = [key for key in keys if not key.startswith("subject.")]
    assert [key for key in own if not re.fullmatch(r"[a-z][a-z0-9_]*[.][a-z0-9_.]+", key)] == []
    asked = {
        (call.args[0].value, f"{name_of(path)}:{call.lineno}")
        for path in files(".py", rooms=("components", "pages"))
        for call in calls_in(path, "_")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert sorted(f"{place} {key}" for key, place in asked if key not in keys) == []
    spoken = patterns_spoken()
    assert sorted(key for key in keys if not any(pattern.fullmatch(key) for pattern in spoken)) == []


def patterns_spoken() -> list[re.Pattern[str]]:
    """Every string in components and pages as the key it may be: `f"role.{role}"` may be any key of `role`."""
    patterns = set()
    for path in files(".py", rooms=("components", "pages")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                patterns.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                if isinstance(parts[0], str) and "." in parts[0]:
                    patterns.add("".join("[^.]+" if part is None else re.escape(str(part)) for part in parts))
    return [re.compile(pattern) for pattern in patterns]


def test_english_words_are_english() -> None:
    strays = [key for key, line in words().items() if JAPANESE.search(line["en"]) and key not in JAPANESE_IN_ENGLISH]
    assert not strays, "\n".join(strays)


def test_every_label_stands_in_both_languages() -> None:
    """Wherever a catalogue says something in one language, it says it in the other."""
    strays = []

    def look(value: object, place: str) -> None:
        if isinstance(value, dict):
            if {"ja", "en"} & set(value) and not all(str(value.get(code, "")).strip() for code in ("ja", "en")):
                strays.append(place)
            for key, inner in value.items():
                look(inner, f"{place} {key}")

    catalogues = files(".toml", rooms=(*ROOMS, "locales"))
    for path in catalogues:
        look(tomllib.loads(path.read_text(encoding="utf-8")), name_of(path))
    assert catalogues
    assert not strays, "\n".join(strays)


def test_japanese_stands_in_the_catalogue_and_not_in_the_program() -> None:
    strays = [
        f"{name_of(path)}:{line} {text[:30]}"
        for path in files(".py")
        if not name_of(path).startswith(tuple(JAPANESE_IN_CODE))
        for text, line in sentences_in(path)
        if JAPANESE.search(text)
    ]
    assert not strays, "\n".join(strays)


def test_no_chart_uses_the_slow_shorthand() -> None:
    """`encode(x="a:Q")` costs forty times `encode(alt.X("a:Q"))`."""
    strays = []
    for path in files(".py", rooms=("components", "pages", "bench")):
        for call in calls_in(path, "encode"):
            arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
            names_columns = any(isinstance(it, ast.Constant) and ":" in str(it.value) for it in arguments)
            if names_columns or any(isinstance(it.value, ast.Constant) and it.arg in ("x", "y", "color") for it in call.keywords):
                strays.append(f"{name_of(path)}:{call.lineno}")
    assert not strays, "\n".join(strays)


def test_nothing_names_one_machine() -> None:
    written = files(".py", ".sql", ".toml", ".md", ".html", ".css", rooms=(*ROOMS, "tests", "docs", ".streamlit", ".ci"))
    written += [*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    assert [name_of(path) for path in written if MACHINE_PATH.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files(".py", ".sql")}
    assert [name for name, lines in lengths.items() if lines > LONGEST_FILE and name not in LONG_FILES] == []
    assert [name for name in LONG_FILES if lengths.get(name, 0) <= LONGEST_FILE] == [], "no longer long"


def test_no_function_is_too_long_to_read() -> None:
    """A function beyond that has its reason right above it, or above its decorators: `# long: why`."""
    lengths = [(name_of(path), *each) for path in files(".py", rooms=ROOMS) for each in functions_of(path)]
    assert len(lengths) > 1000
    assert [f"{file}:{line} {name}" for file, name, line, lines, above in lengths if lines > LONGEST_FUNCTION and not above] == []
    assert [f"{file}:{line} {name}" for file, name, line, lines, above in lengths if lines <= LONGEST_FUNCTION and above] == [], (
        "no longer long"
    )


def test_tests_never_sleep() -> None:
    strays = [
        f"{name_of(path)}:{call.lineno}"
        for path in files(".py", rooms=("tests",))
        for name in ("sleep", "wait_for_timeout")
        for call in calls_in(path, name)
    ]
    assert not strays, "\n".join(strays)
