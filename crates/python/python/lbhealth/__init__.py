"""Is this backend well, does it get traffic, and if not, why? One answer for every load balancer at every vendor.

`normalize` makes a typed document of one payload. Types have the names that they have in the published schema and in Rust.
"""

from lbhealth._lbhealth import ADAPTERS, VERSION
from lbhealth import errors, functions, model
from lbhealth.errors import *
from lbhealth.functions import *
from lbhealth.model import *

__version__ = VERSION

__all__ = ["ADAPTERS"]
__all__ += errors.__all__
__all__ += functions.__all__
__all__ += model.__all__
