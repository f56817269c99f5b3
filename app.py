"""The page: `python app.py`, or a Hugging Face Space. The first start makes the index."""

from lhassist.ui import open_app, run_app

demo = open_app()

if __name__ == "__main__":
    run_app(demo)
