"""The overview of one school: what its page holds, as plain values without anybody's name.

Everything here is worked out from the registered figures, so that a bar, a number and the list behind it are one.
"""

from .board import Board, Shown, board, kept_board

__all__ = ["Board", "Shown", "board", "kept_board"]
