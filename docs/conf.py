"""Settings of the documentation: ``make docs`` builds it and takes every warning as an error."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import make_claims_page
import make_evidence_page
import make_screening_manual

project = "Corneum"
author = "The Corneum authors"
copyright = "The Corneum authors"
version = release = installed_version("corneum")

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = False
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
numpydoc_show_class_members = False

html_theme = "furo"
html_title = "Corneum"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["house.css"]


def setup(app):
    """Write the pages made from tables before the sources are listed, so that they are never stale."""
    app.connect("builder-inited", lambda app: make_claims_page.write(Path(app.srcdir) / "claims"))
    app.connect("builder-inited", lambda app: make_evidence_page.write(Path(app.srcdir) / "evidence"))
    app.connect("builder-inited", lambda app: make_screening_manual.write(Path(app.srcdir) / "screening"))
