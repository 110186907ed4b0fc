"""Write the claims pages of the documentation: every claim of the articles, and what covers it.

Run ``.venv/bin/python tools/make_claims_page.py FOLDER`` to write them, with ``--check`` to compare only.
``make docs`` writes them by itself; they are not kept in the repository, so they are never stale.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from make_evidence_page import list_table, prose, table_row
from page_files import page_command, stale_pages, write_pages

from corneum.course.alternatives import Alternative, load_alternatives
from corneum.course.claims import KINDS, Claim, Contradiction, Cover, load_claims, load_contradictions, lost_cover
from corneum.course.suitability import SuitabilityTable, load_suitability
from corneum.course.wording import Refused, load_wording

ARTICLES = ("000", "001", "002", "003", "004")


def pages() -> dict[str, str]:
    """Return the text of every page, by file name."""
    claims, contradictions = load_claims(), load_contradictions()
    lost = lost_cover([*claims, *contradictions])
    if lost:
        raise SystemExit("\n".join(f"{one.id}: no {one.cover.kind} {one.cover.ref!r}.{one.hint}" for one in lost))
    made = {
        "README.md": front_page(claims, contradictions),
        "contradictions.md": contradiction_page(contradictions),
        "suitability.md": suitability_page(load_suitability()),
        "alternatives.md": alternative_page(load_alternatives().values()),
        "wording.md": wording_page(load_wording()),
    }
    for article in ARTICLES:
        made[f"article-{article}.md"] = claim_page(article, [one for one in claims if one.article == article])
    return {name: "\n".join(lines) + "\n" for name, lines in made.items()}


def front_page(claims: Iterable[Claim], contradictions: Iterable[Contradiction]) -> Iterator[str]:
    """Yield the page that says what these pages are, with counts."""
    every, kinds = list(claims), Counter(cover.kind for claim in claims for cover in claim.cover)
    verdicts = Counter(claim.verdict for claim in every)
    yield "# What the articles claim\n"
    yield (
        f"Five articles about microdermabrasion make {len(every)} claims, and contradict each other or themselves in "
        f"{len(list(contradictions))} places. Each claim has a verdict, the row ids behind it, and what in Corneum "
        "answers it. Claims are told in our own words; that one stands here does not mean that it is so. A named "
        "clinician decides.\n"
    )
    yield "| verdict | claims |\n|---|---|"
    yield from (f"| {verdict} | {count} |" for verdict, count in verdicts.most_common())
    yield "\n| answered by | times |\n|---|---|"
    yield from (f"| {KINDS[kind]} | {count} |" for kind, count in kinds.most_common())
    yield "\n```{toctree}\n:maxdepth: 1\n"
    yield from (f"article-{article}" for article in ARTICLES)
    yield "contradictions\nsuitability\nalternatives\nwording\n```"


def claim_page(article: str, claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the page of one article."""
    yield f"# Article {article}\n"
    yield from list_table((10, 30, 18, 42), ("id", "it claims", "verdict, row ids", "what Corneum does, and where"))
    for one in claims:
        remark = f"\n\n{prose(one.remark)}" if one.remark else ""
        yield from table_row(
            one.id,
            prose(one.claim),
            f"**{one.verdict}**{remark}" + (f"\n\n{' '.join(one.rows)}" if one.rows else ""),
            f"{prose(one.answer)}\n\n{covers(one.cover)}",
        )
    yield ":::"


def contradiction_page(rows: Iterable[Contradiction]) -> Iterator[str]:
    """Yield the page of contradictions between the articles."""
    yield "# Where the articles contradict each other\n"
    yield "Contradictions between studies stand on [a page of their own](../contradictions.md).\n"
    yield from list_table((8, 38, 12, 42), ("id", "the sides", "row ids", "what Corneum does, and where"))
    for one in rows:
        sides = "\n\n".join(prose(side) for side in one.says)
        yield from table_row(one.id, sides, " ".join(one.rows), f"{prose(one.resolution)}\n\n{covers(one.applied)}")
    yield ":::"


def suitability_page(table: SuitabilityTable) -> Iterator[str]:
    """Yield the page of verdicts by concern and severity."""
    yield "# What it is for\n"
    yield "No verdict is signed off by a dermatologist. A named clinician decides.\n"
    yield from list_table((24, 14, 44, 18), ("concern and severity", "verdict, grade", "why", "row ids"))
    for row in table.rows:
        concern = table.concerns[row.concern]
        levels = {level.id: level.text for level in table.scales[concern.scale].levels}
        severity = "; ".join(prose(levels[name]) for name in row.severity)
        against = "".join(f"\n\n*Against it:* {prose(said)}" for said in row.conflicts)
        yield from table_row(
            f"**{prose(concern.title)}**\n\n{prose(table.scales[concern.scale].title)}: {severity}",
            f"**{row.verdict}**\n\nevidence: {row.grade}",
            f"{prose(row.role)}\n\n{prose(row.trial)}{against}",
            " ".join(row.rows),
        )
    yield ":::"


def alternative_page(rows: Iterable[Alternative]) -> Iterator[str]:
    """Yield the page of other ways."""
    yield "# Other ways\n"
    yield "An empty cell means that no source was read. Fees are quoted in the currency of the source.\n"
    yield from list_table(
        (22, 16, 22, 40), ("treatment", "depth", "sessions, downtime, cost", "evidence, caution, row ids")
    )
    for row in rows:
        fee = row.quoted_fee()
        cost = f"cost: {row.cost_class}" + (f"; {prose(fee.text)}" if fee else "")
        parts = [
            f"sessions: {prose(row.sessions)}" if row.sessions else "",
            f"downtime: {row.downtime}" if row.downtime else "",
            cost,
        ]
        yield from table_row(
            f"**{prose(row.title)}**\n\n{prose(row.purpose)}",
            row.depth,
            "\n\n".join(part for part in parts if part),
            f"{prose(row.evidence)}\n\n{prose(row.caution)}\n\n{' '.join(row.rows)}",
        )
    yield ":::"


def wording_page(rows: Iterable[Refused]) -> Iterator[str]:
    """Yield the page of refused words and claims."""
    yield "# Words that are refused\n"
    yield "No text that a person can see holds these; a test reads them all. What is said instead stands beside each.\n"
    yield from list_table((22, 30, 36, 12), ("id", "for example", "said instead", "row ids"))
    for row in rows:
        shown = "\n\n".join(prose(example) for example in row.examples)
        yield from table_row(f"`{row.id}`", shown, prose(row.instead), " ".join(row.rows))
    yield ":::"


def covers(rows: Iterable[Cover]) -> str:
    """Return a list of covers in one line each kind."""
    by_kind: dict[str, list[str]] = {}
    for one in rows:
        by_kind.setdefault(KINDS[one.kind], []).append(f"`{one.ref}`")
    return "\n\n".join(f"*{kind}:* {', '.join(refs)}" for kind, refs in by_kind.items())


def write(folder: Path) -> None:
    """Write the pages into ``folder``, and remove pages that are no longer made."""
    write_pages(pages(), folder)


def stale(folder: Path) -> list[str]:
    """Return the names of pages in ``folder`` that are missing, too many or not what would be written."""
    return stale_pages(pages(), folder)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages."""
    return page_command("the claims pages", Path("docs/claims"), lambda: pages(), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
