"""The papers of a bundle: notices of third parties, a list of parts (SBOM), checksums."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Part = Mapping[str, str]
SUMS = "SHA256SUMS"
NAMESPACE = uuid.UUID("5a1f6a0e-6a5b-4a8e-9d5c-0d6f3c1c8a11")


def notices(parts: Sequence[Part]) -> str:
    """THIRD-PARTY-NOTICES: a table of all parts, then their licence texts."""
    lines = [
        "PsyLite Desktop contains the following parts by others, under their own licences.",
        "Qt and PySide6 are used under the LGPL, version 3: they are separate libraries in this",
        "folder, and you may put your own builds of the same version in their place.",
        "",
    ]
    lines += [f"{part['name']} {part['version']}: {part['licence']}" for part in parts]
    for part in parts:
        title = f"{part['name']} {part['version']}"
        text = part["text"] or f"Licence: {part['licence']} (its package brings no text)"
        lines += ["", "=" * 78, title, "=" * 78, "", text]
    return "\n".join(lines) + "\n"


def bill_of_materials(parts: Sequence[Part], *, version: str, epoch: int) -> str:
    """The parts in CycloneDX 1.5, as JSON."""
    listed = [_component(part) for part in parts]
    content = json.dumps(listed, sort_keys=True)
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{version} {epoch} {content}')}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "psylite-desktop",
                "name": "psylite-desktop",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": listed,
        "dependencies": [
            {"ref": "psylite-desktop", "dependsOn": [part["bom-ref"] for part in listed]}
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _component(part: Part) -> dict[str, Any]:
    name, version = part["name"], part["version"]
    kinds = {"python": f"pkg:pypi/{name}@{version}", "system": f"pkg:deb/debian/{name}@{version}"}
    reference = kinds.get(part["kind"], f"pkg:generic/{name}@{version}")
    return {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "purl": reference,
        "licenses": [{"license": {"name": part["licence"]}}],
    }


def checksums(folder: Path) -> str:
    """SHA-256 of every file, in the form that `sha256sum --check` reads."""
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != SUMS:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}")
    return "\n".join(lines) + "\n"
