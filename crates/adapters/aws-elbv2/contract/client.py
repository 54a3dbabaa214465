"""The client of Elastic Load Balancing."""

from __future__ import annotations

from aws import Aws
from operation import Operation

CLIENT = Aws("aws-elbv2", "elbv2", unread_words=frozenset({"TargetAdministrativeOverrideReasonEnum"}))

OPERATIONS = (
    Operation(CLIENT, "DescribeTargetHealth", has_example=True),
    Operation(CLIENT, "DescribeTargetGroups", has_example=True),
)
