from pathlib import Path

from grader import probe

MOST = 70  # pieces for every 100 characters
UNSEEN = (
    "Mr. Bennet was among the earliest of those who waited on Mr. Bingley. He had always intended to visit him, "
    "though to the last always assuring his wife that he should not go; and till the evening after the visit was "
    "paid she had no knowledge of it. It was then disclosed in the following manner. Observing his second "
    "daughter employed in trimming a hat, he suddenly addressed her with, “I hope Mr. Bingley will like it, "
    "Lizzy.” “We are not in a way to know what Mr. Bingley likes,” said her mother, resentfully, “since we are "
    "not to visit.” “But you forget, mamma,” said Elizabeth, “that we shall meet him at the assemblies, and that "
    "Mrs. Long has promised to introduce him.” “I do not believe Mrs. Long will do any such thing. She has two "
    "nieces of her own. She is a selfish, hypocritical woman, and I have no opinion of her.” “No more have I,” "
    "said Mr. Bennet; “and I am glad to find that you do not depend on her serving you.” Mrs. Bennet deigned not "
    "to make any reply; but, unable to contain herself, began scolding one of her daughters."
)


def parts_of(text, pieces):
    """How many parts a text is cut into: the longest piece that stands there, or a single character."""
    lengths, at, parts = sorted({1, *map(len, pieces)}, reverse=True), 0, 0
    while at < len(text):
        at += next(n for n in lengths if n == 1 or text[at : at + n] in pieces)
        parts += 1
    return parts


def test_cuts_an_unseen_text(student, expect, demand, draw):
    """A text by the same author that it has not seen is cut into 70 pieces or fewer for every 100 characters."""
    chapter = " ".join(Path("data/novel.txt").read_text(encoding="utf-8").lower().split())
    chosen = expect(student.pieces(chapter), (list, tuple), "What `pieces` returns")
    demand(len(chosen) <= 100, f"`pieces` must return 100 pieces or fewer, and returned {len(chosen)}.")
    demand(all(expect(piece, str, "A piece") for piece in chosen), "No piece may be empty.")
    reached = 100 * parts_of(UNSEEN.lower(), set(chosen)) / len(UNSEEN)
    draw.quest("Pieces for every 100 characters of an unseen text", reached, student)
    demand(reached <= MOST, f"It is cut into {reached:.1f} pieces for every 100 characters, and {MOST} are allowed.")


@probe
def choosing(f, text):
    return [(f, text)]


def test_leaves_nothing_behind(student, untouched):
    """Choosing needs no random numbers that all share, no file and no setting."""
    untouched(student.pieces, choosing, " ".join(UNSEEN.lower().split()))
