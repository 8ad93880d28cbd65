"""What the columns of class lists are called, by who exports them. A new one is an entry and a case in the tests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from grader.roster.people import PLAIN, PLATFORMS

# What any list may call them, in the languages that platforms speak; titles as `plain` makes them.
_WORDS: dict[str, str] = {
    "id": "id; student id; student number; student no; studentid; id number; matric number; matriculation number; "
    "matrikelnummer; matrikelnr; matriculation; studentennummer; id nummer; numero d identification; numero etudiant; "
    "numero de identificacion; numero de id; matricula; numero di matricola; identificativo; sid; sis user id; sis id; "
    "orgdefinedid; org defined id; student id; user id; school id; university id; 学号; 학번; 学籍番号",
    "name": "name; full name; student; student name; fullname; display name; vollstandiger name; voller name; "
    "nom complet; nombre completo; nome completo; volledige naam; naam; nom; nombre; nome; 姓名; 氏名; 이름",
    "first": "first name; firstname; given name; forename; vorname; prenom; primeiro nome; voornaam; given names; "
    "preferred first name; имя; 名",
    "last": "last name; lastname; surname; family name; nachname; nom de famille; apellido; apellidos; apellido s; "
    "cognome; sobrenome; achternaam; фамилия; 姓",
    "email": "email; e mail; email address; e mail address; mail; e mail adresse; mailadresse; adresse de courriel; "
    "courriel; adresse e mail; direccion de correo; correo electronico; correo; indirizzo email; endereco de email; "
    "e mailadres; student email; 邮箱; メールアドレス",
    "login": "login; username; user name; login id; sis login id; net id; netid; benutzername; anmeldename; "
    "nom d utilisateur; nombre de usuario; nome utente; nome de usuario; gebruikersnaam; account",
    "section": "section; sections; section name; class section; child course id; tutorial; lab section; seminar; "
    "canvas section; abschnitt; seccion; sezione; turma",
    "group": "group; groups; team; team name; group name; gruppe; gruppen; groupe; groupes; grupo; grupos; gruppo; "
    "groep",
    "role": "role; roles; rolle; rollen; rol; ruolo; funcion",
}
ANY = {word.strip(): key for key, words in _WORDS.items() for word in words.split(";")}
STAFF = re.compile(
    r"\b(?:instructor|teacher|ta|teaching assistant|reader|grader|designer|tutor|manager|observer)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Form:
    """How one platform writes its list.

    Attributes:
        name: for `grader export` and the column of ids.
        title: for people.
        needs: titles that only this one has together.
        columns: what titles mean here; what is not named means what it does anywhere.
        last_first: whether names are written "Last, First".
    """

    name: str
    title: str
    needs: frozenset[str]
    columns: Mapping[str, str] = field(default_factory=dict)
    last_first: bool = False

    def key(self, title: str) -> str:
        """What a title means: a field of Person, `first`, `last`, `role`, a platform, or nothing."""
        word = plain(title)
        return self.columns.get(word, ANY.get(word, ""))


def _form(name: str, title: str, needs: str, last_first: bool = False, **columns: str) -> Form:
    words = {word.replace("_", " "): key for word, key in columns.items()}
    return Form(name, title, frozenset(filter(None, needs.split(";"))), words, last_first)


FORMS = (
    _form(
        "canvas",
        "Canvas gradebook",
        "student;id;section",
        last_first=True,
        id="canvas",
        sis_user_id="id",
        integration_id="",
        root_account="",
    ),
    _form(
        "github",
        "GitHub Classroom roster",
        "identifier;github username",
        identifier="identifier",
        github_username="github",
        github_id="",
    ),
    _form("github", "classroom50 list", "username;github id", username="github", github_id=""),
    _form("moodle", "Moodle grading worksheet", "identifier", identifier="moodle"),
    _form("brightspace", "Brightspace grades", "orgdefinedid"),
    _form("brightspace", "Brightspace grades", "username;end of line indicator"),
    _form("blackboard", "Blackboard grades", "username;last access", username="login", child_course_id="section"),
    _form("blackboard", "Blackboard grades", "username;availability", username="login", child_course_id="section"),
    _form("gradescope", "Gradescope roster", "sid;email"),
    _form("nbgrader", "nbgrader list", "student id;first name;last name"),
)
OWN = Form("roster", "roster", frozenset({"id", "name"}), {name: name for name in (*PLAIN, *PLATFORMS)})
LIST = Form("list", "class list", frozenset())


def plain(title: str) -> str:
    """A title without case, accents, signs."""
    text = unicodedata.normalize("NFKD", title).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def form_of(titles: Sequence[str], first_cell: str = "", own: bool = False) -> Form:
    """Whose list has these titles.

    Args:
        own: it is the course's own, unless it is clearly a platform's.
        first_cell: below them; Moodle translates its titles, but not the shape of what stands there.
    """
    words = {plain(title) for title in titles}
    for form in FORMS:
        if form.needs <= words:
            return form
    if any(re.search(r"\|\s*\d+\s*$", title) for title in titles) and "username" in words:
        return next(form for form in FORMS if form.name == "blackboard")
    if re.fullmatch(r"\D+ \d{3,}", first_cell.strip()):
        return Form("moodle", "Moodle grading worksheet", frozenset(), {plain(titles[0]): "moodle"})
    return OWN if own or (words & {"id", "name"} and not words & (ANY.keys() - OWN.columns.keys())) else LIST


def known(titles: Sequence[str]) -> int:
    """How many titles are known to anybody."""
    every = set(ANY).union(*(form.needs for form in FORMS), PLATFORMS)
    return sum(plain(title) in every for title in titles)


def near(title: str) -> str:
    """The column that a title may have been meant to be."""
    return next(iter(get_close_matches(plain(title), [*OWN.columns], n=1, cutoff=0.7)), "")
