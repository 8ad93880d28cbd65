from pathlib import Path


def parts_of(text, pieces):
    """How many parts a text is cut into: the longest piece that stands there, or a single character."""
    lengths, at, parts = sorted({1, *map(len, pieces)}, reverse=True), 0, 0
    while at < len(text):
        at += next(n for n in lengths if n == 1 or text[at : at + n] in pieces)
        parts += 1
    return parts


def test_cuts_the_chapter(student, expect, demand):
    """Chosen from 3,000 characters of the chapter, they cut the rest into 70 or fewer for every 100 characters."""
    chapter = " ".join(Path("data/novel.txt").read_text(encoding="utf-8").lower().split())
    chosen = expect(student.pieces(chapter[:3000]), (list, tuple), "What `pieces` returns")
    demand(len(chosen) <= 100, f"It returns {len(chosen)} pieces, and 100 are allowed.")
    demand(all(expect(piece, str, "A piece") for piece in chosen), "No piece may be empty.")
    reached = 100 * parts_of(chapter[3000:], set(chosen)) / len(chapter[3000:])
    demand(reached <= 70, f"The rest is cut into {reached:.1f} pieces for every 100 characters, and 70 are allowed.")
