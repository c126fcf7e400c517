"""Small modules become one, in order of need, and keep their names to themselves."""

from pathlib import Path

from wiki.web.scripts import bundle


def written(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source)
    return folder / "entry.js"


def test_it_works(tmp_path: Path) -> None:
    entry = written(
        tmp_path, entry='import { hello } from "./hello.js";\nhello();\n', hello="export function hello() {}\n"
    )
    assert bundle(entry) == (
        "const m_hello = (() => {\nfunction hello() {}\nreturn {hello};\n})();\n"
        "const m_entry = (() => {\nconst { hello } = m_hello;\nhello();\nreturn {};\n})();\n"
    )


def test_a_module_that_two_need_runs_once_and_before_them(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        entry='import "./one.js";\nimport "./two.js";\n',
        one='import { say } from "./say.js";\nsay(1);\n',
        two='import { say } from "./say.js";\nsay(2);\n',
        say="export const say = (n) => n;\n",
    )
    text = bundle(entry)
    assert text.count("const m_say =") == 1
    assert text.index("m_say =") < text.index("m_one =") < text.index("m_two =")


def test_comments_go_and_addresses_in_texts_stay(tmp_path: Path) -> None:
    entry = written(tmp_path, entry='  // why\nconst place = "https://example.org";\n')
    assert "why" not in bundle(entry)
    assert '"https://example.org"' in bundle(entry)
