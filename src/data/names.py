"""Writes guard/given.txt and guard/surnames.txt: the names the guard against personal data knows, sorted, one a line.

pip install faker==40.54.0 (MIT), then `python names.py` here (Python 3.11). Given names of its Swedish, Finnish and Croatian lists
(the Swedish ones are the 500 most common of women and of men, Isof 2023), surnames of its Swedish list (Skatteverket 2025).
"""

import re
from importlib import import_module

# Lower-case letters the guard reads as letters.
LETTERS = re.compile(r"[a-zß-öø-ÿ\u0100-\u017f]+")
# Not names in Swedish, or particles of surnames.
LEFT_OUT = {"del", "kumar", "md", "von", "da", "de", "el", "al"}


def names(locale: str, *lists: str) -> set[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    found = {name for each in lists for name in getattr(provider, each, ())}
    parts = {part.lower() for name in found for part in re.split(r"[- ]", name)}
    return {part for part in parts if len(part) > 1 and LETTERS.fullmatch(part)} - LEFT_OUT


given = set().union(*(names(locale, "first_names", "first_names_male", "first_names_female") for locale in ("sv_SE", "fi_FI", "hr_HR")))
surnames = names("sv_SE", "last_names")
assert len(given) > 1_300 and len(surnames) == 500, (len(given), len(surnames))
for file, words in (("given", given), ("surnames", surnames)):
    with open(f"guard/{file}.txt", "w", encoding="utf-8") as out:
        out.write("\n".join(sorted(words)) + "\n")
