"""The client of Network Load Balancer."""

from alibabacloud_nlb20220430 import models
from alibabacloud_nlb20220430.client import Client

from alibaba import Alibaba
from operation import Operation

CLIENT = Alibaba("alibaba-nlb", models, Client)

# What only the vendor's first client has, and the field of a look-alike with which servers share a table of ours.
FIRST_CLIENT = frozenset(
    {
        "/Code",
        "/DynamicCode",
        "/DynamicMessage",
        "/HttpStatusCode",
        "/ListenerHealthStatus/-/ServerGroupInfos/-/AbnormalServers",
        "/Message",
        "/Success",
    }
)
FIRST_GROUPS = frozenset({"/ServerGroups/-/PersistenceEnabled", "/ServerGroups/-/PersistenceTimeout", "/Success"})
SHARED_SERVERS = frozenset({"/Servers/-/RemoteIpEnabled", "/Success"})

OPERATIONS = (
    Operation(CLIENT, "GetListenerHealthStatus", has_example=True, elsewhere=FIRST_CLIENT),
    Operation(CLIENT, "ListServerGroups", elsewhere=FIRST_GROUPS),
    Operation(CLIENT, "ListServerGroupServers", elsewhere=SHARED_SERVERS),
)
