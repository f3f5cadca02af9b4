from takhai.screening.models.arriving import FormFile, FormRefused, HouseholdFinding, Official
from takhai.screening.models.form import Form, FormMember

__all__ = ["Form", "FormFile", "FormMember", "FormRefused", "HouseholdFinding", "Official"]
