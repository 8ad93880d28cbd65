"""Class lists and gradebooks as platforms export them, with hard names: the same people, everywhere.

Ada Ng; José García; two people called Zoe Lee; Bob O'Smith, Jr.; 王小明; and "Quote" Ünal, whose name has quotes.
"""

from __future__ import annotations

from pathlib import Path

NAMES = ("Ada Ng", "José García", "Zoe Lee", "Zoe Lee", "Robert O'Smith", "小明 王", 'Ayla "Quote" Ünal')
IDS = ("0017", "0018", "0019", "0020", "0021", "0022", "0023")
LOGINS = ("ang", "jgarcia", "zlee1", "zlee2", "bosmith", "xwang", "aunal")


def quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Toy (501),Essay (502),Current Score,Final Score
,,,,,Manual Posting,,(read only),(read only)
    Points Possible,,,,,10,20,(read only),(read only)
"Ng, Ada",1001,0017,ang,Lab A,,,,
"García, José",1002,0018,jgarcia,Lab A,,18,90,90
"Lee, Zoe",1003,0019,zlee1,Lab B,3.5,,,
"Lee, Zoe",1004,0020,zlee2,"Lab A, Lab B",,,,
"O'Smith, Robert",1005,0021,bosmith,Lab B,EX,,,
"王, 小明",1006,0022,xwang,Lab B,,,,
"Ünal, Ayla ""Quote""\",1007,0023,aunal,Lab B,,,,
"Student, Test",1999,,d41d8cd98f00,Lab A,,,,
"""

MOODLE = """\
Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 20001","Ada Ng",0017,ang@example.edu,"Submitted for grading - ",,10.00,Yes,\
"Sunday, 1 September 2024, 8:00 PM",-,
"Participant 20002","José García",0018,jgarcia@example.edu,"No submission - ",,10.00,Yes,-,-,
"Participant 20003","Zoe Lee",0019,zlee1@example.edu,"Submitted for grading - ",4.00,10.00,No,-,\
"Monday, 2 September 2024","Well, done"
"Participant 20004","Zoe Lee",0020,zlee2@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,
"Participant 20005","Robert O'Smith",0021,bosmith@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,
"Participant 20006","小明 王",0022,xwang@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,
"Participant 20007","Ayla ""Quote"" Ünal",0023,aunal@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,
"""

_BLACKBOARD = (
    "Last Name",
    "First Name",
    "Username",
    "Student ID",
    "Last Access",
    "Availability",
    "Toy [Total Pts: 10 Score] |777",
)
BLACKBOARD = "\r\n".join(
    "\t".join(f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in row)
    for row in (
        _BLACKBOARD,
        *(
            (*name.rsplit(" ", 1)[::-1], login, id, "2024-09-01 10:00:00", "Yes", "")
            for name, login, id in zip(NAMES, LOGINS, IDS, strict=True)
        ),
    )
)

BRIGHTSPACE = "OrgDefinedId,Username,Last Name,First Name,Email,Sections,Toy Points Grade <Numeric MaxPoints:10>," + (
    "End-of-Line Indicator\r\n"
    + "".join(
        ",".join([f"#{id}", f"#{login}", *(quote(part) for part in name.rsplit(" ", 1)[::-1])])
        + f",{login}@example.edu,Lab A,,#\r\n"
        for name, login, id in zip(NAMES, LOGINS, IDS, strict=True)
    )
)

GRADESCOPE = (
    "First Name,Last Name,SID,Email,Role,Sections\n"
    + "".join(
        ",".join(quote(part) for part in name.rsplit(" ", 1)) + f",{id},{login}@example.edu,Student,Lab\n"
        for name, login, id in zip(NAMES, LOGINS, IDS, strict=True)
    )
    + "Tess,Ta,0099,tess@example.edu,TA,\n"
)

GITHUB = "identifier,github_username,github_id,name\n" + "".join(
    f'{id},gh-{login},99{id},"{name.replace(chr(34), 2 * chr(34))}"\n'
    for name, login, id in zip(NAMES, LOGINS, IDS, strict=True)
)

# What each exports, the encoding it comes in, and what that platform knows its first student by.
LISTS: dict[str, tuple[str, str]] = {
    "canvas": (CANVAS, "utf-8-sig"),
    "moodle": (MOODLE, "utf-8"),
    "blackboard": (BLACKBOARD, "utf-16"),
    "brightspace": (BRIGHTSPACE, "utf-8"),
    "gradescope": (GRADESCOPE, "utf-8"),
    "github": (GITHUB, "utf-8"),
}


def write(name: str, folder: Path) -> Path:
    """One platform's list, as it is downloaded."""
    text, encoding = LISTS[name]
    path = folder / f"{name}.csv"
    path.write_bytes(text.encode(encoding))
    return path
