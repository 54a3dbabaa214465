"""The client of Classic Load Balancer."""

from alibabacloud_slb20140515 import models
from alibabacloud_slb20140515.client import Client

from alibaba import Alibaba
from operation import Operation

# Of its statuses the client has no texts.
CLIENT = Alibaba("alibaba-clb", models, Client, unlisted={"server_health_status"})


def _fields(names: str) -> frozenset[str]:
    return frozenset(f"/{name}" for name in names.split())


# Fields of the vendor's first client.
FIRST_CLIENT = _fields("BackendServers/BackendServer/-/EniHost BackendServers/BackendServer/-/Type")
# Listeners of two protocols share a table of ours: what only the other one has. UDP listeners can be probed by TCP and HTTP, which the client
# does not know.
ONLY_HTTP = _fields("ForwardPort ListenerForward")
ONLY_HTTPS = _fields(
    "CACertificateId DomainExtensions EnableHttp2 ServerCertificateId TLSCipherPolicy XForwardedFor_ClientCertClientVerify "
    "XForwardedFor_ClientCertFingerprint XForwardedFor_ClientCertIssuerDN XForwardedFor_ClientCertSubjectDN"
)
ONLY_TCP = _fields(
    "ConnectionDrain ConnectionDrainTimeout EstablishedTimeout HealthCheckDomain HealthCheckHttpCode HealthCheckMethod HealthCheckType "
    "HealthCheckURI PersistenceTimeout SynProxy"
)
ONLY_UDP = _fields("HealthCheckExp HealthCheckReq")

OPERATIONS = (
    Operation(CLIENT, "DescribeHealthStatus", has_example=True, elsewhere=FIRST_CLIENT),
    Operation(CLIENT, "DescribeLoadBalancerHTTPListenerAttribute", elsewhere=ONLY_HTTPS),
    Operation(CLIENT, "DescribeLoadBalancerHTTPSListenerAttribute", elsewhere=ONLY_HTTP),
    Operation(CLIENT, "DescribeLoadBalancerTCPListenerAttribute", elsewhere=ONLY_UDP),
    Operation(CLIENT, "DescribeLoadBalancerUDPListenerAttribute", elsewhere=ONLY_TCP),
    Operation(CLIENT, "DescribeVServerGroupAttribute", elsewhere=frozenset()),
)
