"""The page: `python app.py`, or a Hugging Face Space. The first start makes the index."""

import sys
from pathlib import Path

# A Space installs what requirements.txt names, and not the package beside this file.
sys.path.insert(0, str(Path(__file__).parent / "src"))

from lhassist.ui import open_app, run_app

demo = open_app()

if __name__ == "__main__":
    run_app(demo)
