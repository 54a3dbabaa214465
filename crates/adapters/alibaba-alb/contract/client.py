"""The client of Application Load Balancer."""

from alibabacloud_alb20200616 import models
from alibabacloud_alb20200616.client import Client

from alibaba import Alibaba
from operation import Operation

CLIENT = Alibaba("alibaba-alb", models, Client)

OPERATIONS = (
    Operation(CLIENT, "GetListenerHealthStatus", has_example=True),
    Operation(CLIENT, "GetHealthCheckTemplateAttribute", has_example=True),
    Operation(CLIENT, "ListHealthCheckTemplates"),
    Operation(CLIENT, "ListServerGroups"),
    Operation(CLIENT, "ListServerGroupServers"),
)
