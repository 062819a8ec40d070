"""`python -m simulator [options] -- COMMAND …` starts the stand-in and a bot: see `launch`."""

import sys

from simulator.launch import main

if __name__ == "__main__":
    sys.exit(main())
