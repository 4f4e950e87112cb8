"""The tables of the results: each stands between its own markers."""


def write(path, section, text):
    """Puts the table of a section between its markers, at the end if it has none yet."""
    begin, end = f"<!-- {section}:begin -->", f"<!-- {section}:end -->"
    old = path.read_text(encoding="utf-8")
    if (begin in old) != (end in old):
        raise SystemExit(f"{path}: one of the markers {begin} and {end} is missing")
    if begin not in old:
        old = f"{old.rstrip()}\n\n{begin}\n{end}\n"
    head, rest = old.split(begin, 1)
    path.write_text(f"{head}{begin}\n{text}{end}{rest.split(end, 1)[1]}", encoding="utf-8")
