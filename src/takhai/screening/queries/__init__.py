"""What other rooms may ask of screening."""

from takhai.screening.queries.cutoffs import find_cutoff
from takhai.screening.queries.forms import contradictions, forms_counts, inputs, refused_forms
from takhai.screening.queries.pmt_list import PMT_COLUMNS, pmt_rows
from takhai.screening.queries.standing import committees, decisions
from takhai.screening.queries.summary import exceptions, screening

__all__ = [
    "PMT_COLUMNS",
    "committees",
    "contradictions",
    "decisions",
    "exceptions",
    "find_cutoff",
    "forms_counts",
    "inputs",
    "pmt_rows",
    "refused_forms",
    "screening",
]
