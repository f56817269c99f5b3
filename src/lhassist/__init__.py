"""Ask about the city of Luohe and get an answer made of quotes."""

__version__ = "0.1.0"
