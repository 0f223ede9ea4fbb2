#!/usr/bin/env python3
"""Everything one does with rmdesk's source, with nothing but Python: python3 dev.py VERB

setup        make .venv with everything in it (every other verb does this first)
run          open rmdesk on the demo portfolio; without a screen: print today's list, a picture of each page
test [...]   run the tests; what follows is handed to pytest
check        format, lint, types, contracts, sizes, catalogues, packages, unused and doubled code, tests  (--no-tests)
live PAGE    open the window on one page of the demo portfolio
shots [...]  take pictures of every screen into shots/
bench [...]  measure against the floors
hub          the team hub with an invented team, thrown away at its end (--data DIR keeps it)
walk [...]   the way of the data, a manager's week, a team and its hub, told step by step
drill        laptop lost, keyring wiped, disk full, file damaged: told step by step, each to its good end
soak [...]   a robot works a month in the real window: --minutes N --seed S --plant NAME
fuzz [...]   desks, hub and a bad line under the fuzz: --desks K --steps N --seed S --mutant NAME
fuzz-files   files and messages under the coverage-guided fuzz: --seconds N --seed S --what imports|wire --keep
manual       the manuals as HTML and PDF into build/manual (--no-pictures)
package      the installed program, built with PyInstaller: folder, verbs, deb, archive, try, manifest (--help tells)
kill [...]   kill -9 at random moments of real work: --rounds N --seed S --job NAME
catalogues   what is not translated yet, per feature
lock         renew requirements/lock.txt from pyproject.toml (needs uv)
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"rmdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: python3.11 dev.py")

from tools.verbs import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], __doc__))
