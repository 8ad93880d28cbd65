"""A class's answers, on a page that this machine alone can open, until it is stopped."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.classroom.people import people_of, roster_at
from grader.classroom.scorer import known_of
from grader.course.catalog import Course
from grader.course.handout import asked_in
from grader.course.settings import settings_of
from grader.desk.writing import Book
from grader.errors import UsageError
from grader.gradebook.peek import handed_in
from grader.gradebook.store import Gradebook
from grader.marking.marking import Marking
from grader.marking.papers import stack_of
from grader.marking.view import Desk

HOST = "127.0.0.1"


@contextmanager
def open_desk(
    course: Course, id: str, book: Path, by: str, roster: Path | None = None, *, hidden: bool = False
) -> Iterator[Desk]:
    """What is to be marked of an assignment.

    Args:
        book: the gradebook.
        by: who marks.
        hidden: whether names are left out.

    Raises UsageError where there is nothing to mark, FileFaults for decisions with faults.
    """
    settings = settings_of(course)
    assignment = settings.asked(course.assignment(id))
    if not any(question.by_hand for question in assignment.questions):
        raise UsageError(f"{id} asks nothing that a person judges: no question in it has a kind, see docs/authors.md")
    if not book.is_file():
        raise UsageError(f"{book}: there is no gradebook; grade the class first, or name its folder with --out")
    people = people_of(roster_at(roster), handed_in(book))
    known = known_of(people)
    gradebook = Gradebook(book)
    try:
        stack = stack_of(course, assignment, gradebook, people, known)
        if not any(stack.piles.values()):
            raise UsageError(f"{book}: nobody in it handed in {id}")
        marking = Marking(stack, Book(settings.decisions, settings.zone, course, known), by)
        yield Desk(marking, asked_in(course, id), lambda key: gradebook.whole(key, id), hidden)
    finally:
        gradebook.close()


def serve(desk: Desk, tell: Callable[[str], None]) -> None:
    """Show the page until Ctrl-C. `tell` is called with the address once it can be opened. Raises UsageError."""
    try:
        import uvicorn

        from grader.marking.app import application
    except ImportError as error:
        raise UsageError(f"the page needs {error.name}: pip install 'grader[mark]'") from error

    sock = socket.socket()
    sock.bind((HOST, 0))
    sock.listen()
    host, token = f"{HOST}:{sock.getsockname()[1]}", secrets.token_urlsafe(24)
    app = application(desk, token, (host, host.replace(HOST, "localhost")))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    tell(f"http://{host}/?token={token}")
    with sock:
        server.run(sockets=[sock])
