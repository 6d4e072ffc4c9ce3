from .primary import PRIMARY
from .secondary import SECONDARY

PLANS = (SECONDARY, PRIMARY)
