"""What pydantic found, in words a person can act on. Hides pydantic's kinds of error."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Place
from config.kinds import FORMS
from config.problems import nearest, shown
from config.schema import Strict


def add(document: Document, model: type[Strict], error: ValidationError) -> None:
    """Add every error of one file to its document, as a problem with place and remedy."""
    for details in error.errors(include_url=False):
        place = tuple(p for p in details["loc"] if p != "[key]")
        what, remedy = _words(model, details, place)
        document.wrong(place, what, remedy)


def _words(model: type[Strict], details: ErrorDetails, place: Place) -> tuple[str, str]:
    """What is wrong and the remedy, from pydantic's kind of error."""
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    if kind == "config":
        return f"{context['what']}: {shown(value)}", context["remedy"]
    if kind == "missing":
        return "this key is missing", "Add it: docs/configuration.md says what it means"
    if kind == "extra_forbidden":
        keys = _keys(model, place[:-1])
        return f"there is no key {shown(str(place[-1]))} here", nearest(str(place[-1]), keys)
    if kind in {"enum", "literal_error"}:
        return f"{shown(value)} is not one of its words", f"Write {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{shown(value)} has not the right form", FORMS[context["pattern"]]
    if kind in {"list_type", "dict_type", "model_type"} or kind.endswith("_type"):
        return (
            f"{shown(value)} stands where {_WANTED.get(kind, 'something else')} is wanted",
            "docs/configuration.md shows the shape",
        )
    return f"{details['msg'].lower()}: {shown(value)}", "docs/configuration.md says what it may be"


_WANTED = {
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "string_type": "one value",
    "int_type": "a number",
    "date_type": "a day",
    "bool_type": "true or false",
}


def _keys(model: type[Strict], place: Place) -> list[str]:
    """The keys that may stand at a place, by following the models down."""
    at: Any = model
    for part in place:
        at = _below(at, part)
    if isinstance(at, type) and issubclass(at, BaseModel):
        return [f.alias or name for name, f in at.model_fields.items()]
    return []


def _below(at: Any, part: str | int) -> Any:
    if isinstance(at, type) and issubclass(at, BaseModel):
        fields = {f.alias or name: f.annotation for name, f in at.model_fields.items()}
        return _plain(fields.get(str(part)))
    arguments = get_args(at)
    return _plain(arguments[-1]) if get_origin(at) in {list, dict} and arguments else None


def _plain(annotation: Any) -> Any:
    """An annotation without its checks and its “or nothing”."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if isinstance(annotation, UnionType):
        return _plain(next(a for a in get_args(annotation) if a is not NoneType))
    return annotation
