"""How static files are kept once the site is put together."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# import { one } from "./other.js";
IMPORT = (
    r"""(?P<matched>import(?P<import>\s*\{[^}]*\}\s*)from\s*["'](?P<url>\./[^"']+)["'];)""",
    """import%(import)sfrom "%(url)s";""",
)


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Hashed names throughout, in the imports of our own scripts too, so that each file may be kept for ever.

    Only ours: libraries name files in their scripts that they do not bring.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORT,)))
