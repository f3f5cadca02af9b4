"""``python -m takhai.site`` is ``takhai``."""

import sys

from takhai.site.cli import main

sys.exit(main())
