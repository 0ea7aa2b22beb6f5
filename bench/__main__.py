"""All measurements, or those named: python -m bench [advance sweep start rules store letters terms]"""

from __future__ import annotations

import subprocess
import sys

PARTS = ("start", "advance", "sweep", "rules", "store", "letters", "terms")


def main() -> None:
    """Each part in a process of its own, so that none pays for what another imported."""
    wanted = sys.argv[1:] or PARTS
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"Onbekend: {', '.join(unknown)}. Kies uit: {', '.join(PARTS)}.")
    for name in wanted:
        print(f"\n## {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True)


if __name__ == "__main__":
    main()
