"""Proves that a finished bundle uses no network, in one command.

    python3 installer/prove_offline.py [FOLDER]

Nothing of a network is inside (files, modules, what libraries are linked against); talks in both
languages, the self test and the walk through the window pass in a namespace without interfaces;
and under strace no process of them asks for an internet socket, not even in vain. Linux, with
strace.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Prove it for the folder that is named, or for the one that installer/bundle.py made."""
    from installer.bundling import build, offline, scan
    from installer.setup import prepare

    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else build.DIST / build.name()
    if not build.program(folder).exists():
        print(f"{folder} holds no bundle. Make one: python3 installer/bundle.py")
        return 2

    def work() -> int:
        report = scan.scan(folder)
        problems = list(report.problems)
        print(f"scan: {report.files} files, {len(problems)} problems")
        trace = offline.prove(build.program(folder))
        for family, count in sorted(trace.families.items()):
            print(f"{count:6d} calls with AF_{family}")
        problems += [f"internet: {line}" for line in trace.forbidden]
        print("\n".join(problems) or "no network: nothing inside, nothing asked for")
        return 1 if problems else 0

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
