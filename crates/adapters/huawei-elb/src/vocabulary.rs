//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Healthy, Inactive, Initializing, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{
    BackendKind, ErrorReplies, FailureReason, Role, Row, Traffic, TrafficReason, VendorErrorClass, Vocabulary, WarningCode,
};
use lbhealth_octavia::{POOL_STATUS, PROVISIONING, STATUS};

pub(crate) const MEMBER_PAGE: &str = "https://support.huaweicloud.com/api-elb/ShowMember.html";
const CLIENT: &str = "https://github.com/huaweicloud/huaweicloud-sdk-python-v3";
/// The operator of the same product whose user guide says more.
const OPERATOR: &str = "https://github.com/opentelekomcloud-docs/elastic-load-balancing";
const FAQ: &str = "https://support.huaweicloud.com/elb_faq/elb_hcpc_0001.html";

/// Members mean the same wherever they stand. Those of version 2 have fewer words and come first; the tree, in which they have neither
/// reason nor weight, comes last.
const EVERY: &[&str] = &[
    "ShowMember/v2",
    "ListMembers/v2",
    "ShowMember",
    "CreateMember",
    "UpdateMember",
    "BatchCreateMembers",
    "BatchUpdateMembers",
    "ListAllMembers",
    "ListMembers",
    "ShowMasterSlavePool",
    "ListMasterSlavePools",
    "ShowLoadBalancerStatus",
];
const MEMBER: &[&str] = EVERY.split_at(EVERY.len() - 1).0;
const MEMBER_V3: &[&str] = MEMBER.split_at(2).1;
const MEMBER_V3_OR_TREE: &[&str] = EVERY.split_at(2).1;
const TREE: &[&str] = EVERY.split_at(EVERY.len() - 1).1;
const MASTER_SLAVE: &[&str] = &["ShowMasterSlavePool", "ListMasterSlavePools"];

pub(crate) const ADMIN: &str = "admin_state_up";
pub(crate) const WEIGHT: &str = "weight";
pub(crate) const ROLE: &str = "role";
/// The pool's field, which the caller knows from the pool.
pub(crate) const ALGORITHM: &str = "pool/lb_algorithm";
/// The role that gets requests while it can.
pub(crate) const MASTER: &str = "master";
pub(crate) const REASON_FIELD: &str = "reason/reason_code";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY
    .statuses(&STATUSES)
    .reasons(&REASONS)
    .traffic(&TRAFFIC)
    .parents(&PARENTS)
    .kinds(KINDS)
    .status_codes("reason/expected_response", "reason/healthcheck_response");

const MEMBER_WORD: Row = Row::of(EVERY, Role::Status, STATUS, MEMBER_PAGE);
const PAIR: Row = Row::of(MEMBER, Role::Status, STATUS, MEMBER_PAGE);
const CLIENT_WORD: Row = Row::of(MEMBER_V3_OR_TREE, Role::Status, STATUS, CLIENT);

/// Users cannot switch a member off. The product's operator says that the tree shows those without a cloud server so.
const BELOW_IN_SERVICE: Row = Row::of(TREE, Role::Status, STATUS, OPERATOR)
    .word("DISABLED", "The pool and all above it are in service, so the member's cloud server probably does not exist.")
    .health(Unknown, Ambiguous)
    .reason(FailureReason::BackendMissing, Ambiguous)
    .traffic(Traffic::Excluded);

static STATUSES: [Row; 11] = [
    MEMBER_WORD.word("ONLINE", "The backend is normal.").health(Healthy, Exact).traffic(Traffic::Eligible),
    Row::of(MEMBER_V3, Role::Status, STATUS, CLIENT)
        .word("OFFLINE", "The backend fails its checks, and the reason says how.")
        .when(REASON_FIELD, "*")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    PAIR
        .word("OFFLINE", "The cloud server behind the backend does not exist. This is not said of members of type `ip`, which have none.")
        .when(ADMIN, "false")
        .health(Unhealthy, Exact)
        .reason(FailureReason::BackendMissing, Inferred)
        .traffic(Traffic::Excluded),
    Row::of(MEMBER, Role::Status, STATUS, FAQ)
        .word(
            "OFFLINE",
            "Shared load balancers show every backend of weight 0 so, whatever its checks say; on dedicated ones it is a failed check.",
        )
        .when(WEIGHT, "0")
        .health(Inactive, Ambiguous)
        .reason(FailureReason::ZeroWeight, Ambiguous),
    MEMBER_WORD
        .word("OFFLINE", "The backend fails its checks, or its cloud server is stopped or gone; which of them is not said.")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    Row::of(EVERY, Role::Status, STATUS, FAQ)
        .word("NO_MONITOR", "The pool has no health check, or it is switched off. The load balancer treats the backend as online.")
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact)
        .traffic(Traffic::Eligible),
    CLIENT_WORD
        .word("INITIAL", "A check is configured and has not given a result yet.")
        .health(Initializing, Exact)
        .reason(FailureReason::InitialChecks, Exact)
        .traffic(Traffic::Unknown),
    CLIENT_WORD
        .word("UNKNOWN", "The pool has no load balancer or listener, or the backend was never tied to a cloud server.")
        .health(Unknown, Exact)
        .reason(FailureReason::NotAttached, Ambiguous)
        .traffic(Traffic::Unknown),
    BELOW_IN_SERVICE.when(POOL_STATUS, "ONLINE"),
    BELOW_IN_SERVICE.when(POOL_STATUS, "DEGRADED"),
    Row::of(TREE, Role::Status, STATUS, CLIENT)
        .word("DISABLED", "The load balancer, the pool or the member is switched off, or the member's cloud server does not exist.")
        .health(Inactive, Exact)
        .reason(FailureReason::AdminDisabled, Ambiguous)
        .traffic(Traffic::Excluded),
];

const REASON: Row = Row::of(MEMBER_V3, Role::Reason, REASON_FIELD, MEMBER_PAGE);

static REASONS: [Row; 11] = [
    REASON
        .word("CONNECT_TIMEOUT", "The connection to the backend was not established in time.")
        .reason(FailureReason::ConnectTimeout, Exact),
    REASON.word("CONNECT_REFUSED", "The backend refused the connection.").reason(FailureReason::ConnectRefused, Exact),
    REASON
        .word("CONNECT_FAILED", "The connection to the backend could not be established.")
        .reason(FailureReason::ConnectFailed, Exact),
    REASON
        .word("CONNECT_INTERRUPT", "The connection to the backend broke during the check.")
        .reason(FailureReason::ConnectInterrupt, Exact),
    REASON
        .word("SSL_HANDSHAKE_ERROR", "The TLS handshake with the backend failed.")
        .reason(FailureReason::SslHandshakeError, Exact),
    REASON.word("RECV_RESPONSE_FAILED", "The backend's answer could not be read.").reason(FailureReason::RecvResponseFailed, Exact),
    REASON.word("RECV_RESPONSE_TIMEOUT", "The backend did not answer in time.").reason(FailureReason::RecvResponseTimeout, Exact),
    REASON.word("SEND_REQUEST_FAILED", "The probe could not be sent.").reason(FailureReason::SendRequestFailed, Exact),
    REASON.word("SEND_REQUEST_TIMEOUT", "The probe was not sent in time.").reason(FailureReason::SendRequestTimeout, Exact),
    REASON.word("RESPONSE_FORMAT_ERROR", "The backend's answer is malformed.").reason(FailureReason::ResponseFormatError, Exact),
    REASON
        .word("RESPONSE_MISMATCH", "The status code of the answer is not among the expected ones.")
        .reason(FailureReason::ResponseMismatch, Exact),
];

const NO_WEIGHTS: &str = "The pool's algorithm is documented to take no heed of weights, and elsewhere to heed a weight of 0.";

static TRAFFIC: [Row; 8] = [
    Row::of(MASTER_SLAVE, Role::Traffic, ROLE, CLIENT)
        .word("slave", "The backend takes over when the master fails.")
        .traffic(Traffic::Standby)
        .traffic_because(TrafficReason::StandbyRole),
    Row::of(MEMBER, Role::Traffic, WEIGHT, MEMBER_PAGE)
        .word("0", NO_WEIGHTS)
        .when(ALGORITHM, "SOURCE_IP")
        .traffic(Traffic::Unknown),
    Row::of(MEMBER, Role::Traffic, WEIGHT, MEMBER_PAGE).word("0", NO_WEIGHTS).when(ALGORITHM, "QUIC_CID").traffic(Traffic::Unknown),
    Row::of(MEMBER, Role::Traffic, WEIGHT, OPERATOR)
        .word("0", "The backend gets no new requests; requests on persistent connections still arrive.")
        .traffic(Traffic::ExistingOnly)
        .traffic_because(TrafficReason::ZeroWeight),
    Row::of(MEMBER, Role::Traffic, ADMIN, MEMBER_PAGE)
        .word(
            "false",
            "The cloud server behind the backend does not exist, so nothing is said of the traffic. This is not said of members of type \
             `ip`, which have none.",
        )
        .told_by(WarningCode::BackendMissing)
        .traffic(Traffic::Unknown),
    Row::of(MASTER_SLAVE, Role::Traffic, ROLE, CLIENT).word(MASTER, "The backend gets the requests while it can."),
    Row::of(MASTER_SLAVE, Role::Traffic, ROLE, CLIENT)
        .word("*", "A role that this version does not know: nothing is said of the traffic.")
        .told_by(WarningCode::UnrecognizedValue)
        .traffic(Traffic::Unknown),
    Row::of(MEMBER, Role::Traffic, ADMIN, MEMBER_PAGE)
        .word("true", "The cloud server behind the backend exists. This is not said of members of type `ip`, which have none."),
];

const WHOLE: Row = Row::of(TREE, Role::Parent, STATUS, CLIENT);

const CONFIGURATION: Row = Row::of(TREE, Role::Parent, PROVISIONING, CLIENT);

static PARENTS: [Row; 7] = [
    WHOLE.word("ONLINE", "Nothing below it is offline, which holds for an empty pool too."),
    WHOLE.word(
        "DEGRADED",
        "Something below it is offline, or a forwarding policy could not be set up. It says nothing of any one backend.",
    ),
    WHOLE
        .word("FROZEN", "The load balancer is frozen, as for arrears.")
        .traffic(Traffic::Excluded)
        .traffic_because(TrafficReason::ParentNotInService),
    WHOLE.word("DISABLED", "It is switched off.").traffic(Traffic::Excluded).traffic_because(TrafficReason::ParentNotInService),
    CONFIGURATION.word("ACTIVE", "Its configuration is in place."),
    CONFIGURATION.word("ERROR", "Its configuration failed, which says nothing of the traffic below it."),
    CONFIGURATION
        .word("PENDING_DELETE", "It is being deleted, so that what is below it may not get traffic any more.")
        .traffic(Traffic::Unknown),
];

/// What the words of `member_type` stand for.
const KINDS: &[(&str, BackendKind)] = &[("instance", BackendKind::Instance), ("ip", BackendKind::Ip)];

/// How replies to calls that failed look. `error_message` is how the vendor's client for Go prints them.
pub(crate) static ERROR_REPLIES: ErrorReplies = ErrorReplies::new(
    &["error_code", "errorCode", "code"],
    &["error_msg", "errorMsg", "error_message", "message"],
    &["request_id", "requestId"],
)
.nested()
.classes(ERROR_CLASSES);

/// Codes of the product, then of the gateway in front of it. The gateway's 0101 and 0201 stand for several things.
const ERROR_CLASSES: &[(&str, VendorErrorClass)] = &[
    ("ELB.8904", VendorErrorClass::NotFound),
    ("ELB.8902", VendorErrorClass::InvalidRequest),
    ("ELB.9899", VendorErrorClass::InvalidRequest),
    ("ELB.110*", VendorErrorClass::Unauthenticated),
    ("ELB.8962", VendorErrorClass::Forbidden),
    ("ELB.8906", VendorErrorClass::Unavailable),
    ("APIGW.0301", VendorErrorClass::Unauthenticated),
    ("APIGW.0303", VendorErrorClass::Unauthenticated),
    ("APIGW.0305", VendorErrorClass::Unauthenticated),
    ("APIGW.0307", VendorErrorClass::Unauthenticated),
    ("APIGW.0302", VendorErrorClass::Forbidden),
    ("APIGW.0304", VendorErrorClass::Forbidden),
    ("APIGW.0306", VendorErrorClass::Forbidden),
    ("APIGW.0310", VendorErrorClass::Forbidden),
    ("APIGW.040*", VendorErrorClass::Forbidden),
    ("APIGW.080*", VendorErrorClass::Forbidden),
    ("APIGW.0308", VendorErrorClass::Throttled),
    ("APIGW.0601", VendorErrorClass::Unavailable),
    ("APIGW.0610", VendorErrorClass::Unavailable),
    ("APIGW.0613", VendorErrorClass::Unavailable),
];
