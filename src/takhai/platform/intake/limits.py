"""How much of a hostile file we look at before we say no. Sizes in bytes, times in seconds."""

from typing import Final

MIB: Final = 1024 * 1024

# The national register as CSV is under 1 GB.
TEXT_FILE: Final = 2048 * MIB
LINE: Final = 64 * 1024
# A quoted cell may run over line ends, an address does over two or three.
LINES_OF_A_ROW: Final = 8
CELL: Final = 500
NAME: Final = 100
COLUMNS: Final = 256
# Rows in which we look for the header: titles and stamps come before it.
HEADER_WITHIN: Final = 20
# From here on a file with more bad rows than good ones has another layout than it says.
MANY_BAD_ROWS: Final = 100_000

WORKBOOK_FILE: Final = 64 * MIB
WORKBOOK_PARTS: Final = 2_000
WORKBOOK_UNPACKED: Final = 640 * MIB
# Sheets shrink 10 to 40 times; only what is made to burst shrinks more and is large too.
BOMB_RATIO: Final = 200
BOMB_UNPACKED: Final = 64 * MIB
# The parser holds the whole rectangle from the first to the last cell, 32 bytes each and the text.
WORKBOOK_CELLS: Final = 12_000_000
CHILD_MEMORY: Final = 1536 * MIB
CHILD_CPU: Final = 120
CHILD_SILENCE: Final = 180
CHILD_FILES: Final = 200
CHILD_ANSWER: Final = 128 * MIB
CELLS_PER_ANSWER: Final = 20_000
# A longer cell is cut here: it is refused as unclean all the same.
CHILD_CELL: Final = 4 * CELL
