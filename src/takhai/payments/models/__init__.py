from takhai.payments.models.answers import BankResult, PaymentException, Receipt
from takhai.payments.models.approval import Approval
from takhai.payments.models.bill import ReturnBill, SchoolReturn
from takhai.payments.models.choice import ChannelChoice
from takhai.payments.models.order import OrderLine
from takhai.payments.models.transfer import Transfer

__all__ = [
    "Approval",
    "BankResult",
    "ChannelChoice",
    "OrderLine",
    "PaymentException",
    "Receipt",
    "ReturnBill",
    "SchoolReturn",
    "Transfer",
]
