from .costs import Costs

__all__ = ["Costs"]
