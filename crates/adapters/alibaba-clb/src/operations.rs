//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::{Shape, shape};
use lbhealth_core::{DocumentKind, Operation, ReadReply, Signature};

use crate::{normalize, vocabulary, wire};

const HTTPS_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerhttpslistenerattribute";
const TCP_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancertcplistenerattribute";
const UDP_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerudplistenerattribute";
const GROUP_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describevservergroupattribute";

/// Keys of TCP listeners.
const TCP: &[&str] = &["/EstablishedTimeout", "/SynProxy", "/ConnectionDrain"];
/// Keys of UDP listeners that are checked by UDP.
const UDP: &[&str] = &["/HealthCheckReq", "/HealthCheckExp"];
/// Keys of HTTP listeners, which HTTPS listeners have too.
const HTTP: &[&str] = &["/StickySession", "/Gzip", "/XForwardedFor", "/RequestTimeout", "/ListenerForward"];
/// Keys of HTTPS listeners.
const HTTPS: &[&str] = &["/ServerCertificateId", "/TLSCipherPolicy", "/EnableHttp2", "/CACertificateId", "/DomainExtensions"];

const WEB: &Shape = shape::<wire::WebListener<'_>>();
const TRANSPORT: &Shape = shape::<wire::TransportListener<'_>>();

pub(crate) static OPERATIONS: [Operation; 6] = [
    Operation::new(
        "DescribeHealthStatus",
        DocumentKind::Health,
        Signature::any(&["/BackendServers"]).never(&["/LoadBalancerId", "/VServerGroupId", "/VServerGroupName"]),
        vocabulary::HEALTH_PAGE,
        shape::<wire::DescribeHealthStatus<'_>>(),
        normalize::health,
    )
    .keyed_by(&["listener_id", "pool_id", "backend_id", "port"], &["pool_id"]),
    listener("DescribeLoadBalancerHTTPListenerAttribute", HTTP, HTTPS, vocabulary::HTTP_PAGE, WEB, normalize::http),
    listener("DescribeLoadBalancerHTTPSListenerAttribute", HTTPS, TCP, HTTPS_PAGE, WEB, normalize::https),
    listener("DescribeLoadBalancerTCPListenerAttribute", TCP, UDP, TCP_PAGE, TRANSPORT, normalize::tcp),
    listener("DescribeLoadBalancerUDPListenerAttribute", UDP, TCP, UDP_PAGE, TRANSPORT, normalize::udp),
    Operation::new(
        "DescribeVServerGroupAttribute",
        DocumentKind::Inventory,
        // Calls that add servers to a pool or take them out of it reply alike, without its name.
        Signature::any(&["/VServerGroupName"]).with(&["/BackendServers"]),
        GROUP_PAGE,
        shape::<wire::DescribeVServerGroupAttribute<'_>>(),
        normalize::group,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &[]),
];

/// The attributes of a listener. Those of the load balancers of the vendor's edge nodes look alike, without the keys named here.
const fn listener(
    name: &'static str,
    with: &'static [&'static str],
    never: &'static [&'static str],
    page: &'static str,
    shape: &'static Shape,
    read: ReadReply,
) -> Operation {
    let signature = Signature::any(&["/HealthCheck"])
        .with(with)
        .never(never)
        .unlike(&["alibaba-ens"], &["/LoadBalancerId", "/VServerGroupId", "/AclStatus", "/StickySession", "/SynProxy"]);
    Operation::new(name, DocumentKind::HealthChecks, signature, page, shape, read)
}
