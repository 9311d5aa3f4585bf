"""schema.json: what an editor completes and checks while somebody types. Hides how models become JSON Schema.

    python -m config.editors        # writes config/schema.json anew

The schema's properties are the names of the files; `$defs` holds each file's own shape, so that an editor can be told
`config/schema.json#/$defs/FeedsFile` for feeds.yaml.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from config.schema import FILES

NAME = "schema.json"


def schema() -> dict[str, Any]:
    """One JSON Schema for all files."""
    models = list(FILES.values())
    references, shared = models_json_schema([(m, "validation") for m in models], title="Configuration")
    properties = {name: references[(model, "validation")] for name, model in FILES.items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shared, "properties": properties}


def written() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(folder: Path) -> int:
    """Write the schema into a configuration folder."""
    (folder / NAME).write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
