"""Names and codes that nobody can guess: made of a secret that lies with the results, and of whom they are about."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from grader.errors import UsageError

FILE = "secret.key"


def secret_in(folder: Path) -> bytes:
    """The secret of a folder of results, made when it is not there. Raises UsageError."""
    path, new = folder / FILE, folder / f"{FILE}.{os.getpid()}"
    try:
        if not path.exists():
            new.touch(0o600)
            new.write_text(secrets.token_hex(32), encoding="ascii")
            with contextlib.suppress(FileExistsError):  # another process was first
                path.hardlink_to(new)
            new.unlink()
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be used: {error.strerror}; choose another folder") from error
    except ValueError as error:
        raise UsageError(f"{path}: this is no secret; remove it: codes on old pages end then") from error


def code_of(secret: bytes, *about: str) -> str:
    """128 bits that follow from the secret and what they are about, as lower-case letters and digits."""
    text = "\0".join(about).encode("utf-8", "backslashreplace")
    digest = hmac.new(secret, text, hashlib.sha256).digest()[:16]
    return base64.b32encode(digest).decode().rstrip("=").lower()
