"""The client of Elastic Load Balancing as it was first."""

from __future__ import annotations

from aws import Aws
from operation import Operation

CLIENT = Aws("aws-elb-classic", "elb")

OPERATIONS = (
    Operation(CLIENT, "DescribeInstanceHealth", has_example=True),
    Operation(CLIENT, "DescribeLoadBalancers", has_example=True),
)
