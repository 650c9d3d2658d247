"""Addresses of the sample's pages."""

import re
import unicodedata

from pipelines.sample.outlets import Mirror, Placement, SampleOutlet


def slug(text: str, max_words: int = 7) -> str:
    """Return the first words of a title in the form that addresses use.

    >>> slug("Good morning, Brackwater: three stories")
    'good-morning-brackwater-three-stories'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:max_words])


def path_of(outlet: SampleOutlet, page: Placement) -> str:
    """Return the page's path, which is the same on every host of its outlet."""
    # Titles outside the Latin script leave nothing to spell: such sites use a short key.
    words = page.slug or (slug(page.title) if outlet.language in {"en", "de", "es"} else "")
    return outlet.path.format(
        slug=words or page.story.key,
        section=slug(page.story.section) or "news",
        **{"year": f"{page.at:%Y}", "month": f"{page.at:%m}", "day": f"{page.at:%d}"},
    )


def origin_of(site: SampleOutlet | Mirror) -> str:
    """Return scheme and host of a site as its links spell them."""
    return f"https://{'www.' if site.has_www else ''}{site.host}"
