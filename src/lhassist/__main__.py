"""`python -m lhassist` is the command `lhassist`."""

from lhassist.cli import main

main()
