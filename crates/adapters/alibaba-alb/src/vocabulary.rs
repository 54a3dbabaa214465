//! The vendor's words and what they mean in ours.

use lbhealth_alibaba::{CHECK_OFF, CHECK_ON, CLIENT, NORMAL, NOT_FOUND, SKILL, STALE};
use lbhealth_core::BackendHealth::{Healthy, Inactive, Initializing, Unhealthy, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{BackendKind, FailureReason, Role, Row, Traffic, TrafficReason, Vocabulary};

pub(crate) const HEALTH_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-getlistenerhealthstatus";
pub(crate) const GROUPS_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listservergroups";
pub(crate) const SERVERS_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listservergroupservers";
/// The Network Load Balancer's page of the same reply, and that page as it was first.
const NLB_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-getlistenerhealthstatus";
const FIRST_NLB_PAGE: &str = "https://help.aliyun.com/en/slb/api-getlistenerhealthstatus-nlb";

const HEALTH: &[&str] = &["GetListenerHealthStatus"];

pub(crate) const ACTION: &str = "2/ActionType";
pub(crate) const CHECK: &str = "2/HealthCheckEnabled";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY
    .statuses(&STATUSES)
    .reasons(&REASONS)
    .flags(&FLAGS)
    .traffic(&TRAFFIC)
    .registrations(&REGISTRATIONS)
    .kinds(KINDS)
    .status_codes("Reason/ExpectedResponse", "Reason/ActualResponse");

const STATUS: Row = Row::of(HEALTH, Role::Status, "Status", HEALTH_PAGE);
const CLIENT_STATUS: Row = Row::of(HEALTH, Role::Status, "Status", CLIENT);

static STATUSES: [Row; 8] = [
    STATUS
        .word("Initial", "A check is configured and has not given a result yet.")
        .health(Initializing, Exact)
        .reason(FailureReason::InitialChecks, Exact)
        .traffic(Traffic::Unknown),
    STATUS.word("Unhealthy", STALE).when(CHECK, "off").health(Unhealthy, Exact).traffic(Traffic::Unknown),
    STATUS.word("Unhealthy", STALE).when(CHECK, "false").health(Unhealthy, Exact).traffic(Traffic::Unknown),
    STATUS
        .word("Unhealthy", "The server failed its checks as often in a row as the pool's threshold says.")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    CLIENT_STATUS
        .word(
            "Unused",
            "The server's weight is 0, or cross-zone balancing is off and the server is in a zone where the load balancer is not. \
             Which of the two the word does not say.",
        )
        .health(Inactive, Exact)
        .reason(FailureReason::NotInUse, Ambiguous)
        .traffic(Traffic::Excluded),
    STATUS
        .word("Unavailable", "The health check is not enabled.")
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact)
        .traffic(Traffic::Eligible),
    STATUS.word("Healthy", NORMAL).undocumented(NOT_FOUND).health(Healthy, Inferred).traffic(Traffic::Eligible),
    STATUS.word("Normal", NORMAL).undocumented(NOT_FOUND).health(Healthy, Inferred).traffic(Traffic::Eligible),
];

const REASON: Row = Row::of(HEALTH, Role::Reason, "Reason/ReasonCode", HEALTH_PAGE);

static REASONS: [Row; 16] = [
    REASON
        .word("CONNECT_TIMEOUT", "The load balancer could not connect to the server in time.")
        .reason(FailureReason::ConnectTimeout, Exact),
    REASON.word("CONNECT_FAILED", "The load balancer could not connect to the server.").reason(FailureReason::ConnectFailed, Exact),
    REASON
        .word("RECV_RESPONSE_FAILED", "The load balancer could not read the server's answer.")
        .reason(FailureReason::RecvResponseFailed, Exact),
    REASON.word("RECV_RESPONSE_TIMEOUT", "The server did not answer in time.").reason(FailureReason::RecvResponseTimeout, Exact),
    REASON
        .word("SEND_REQUEST_FAILED", "The load balancer could not send the probe.")
        .reason(FailureReason::SendRequestFailed, Exact),
    REASON
        .word("SEND_REQUEST_TIMEOUT", "The load balancer could not send the probe in time.")
        .reason(FailureReason::SendRequestTimeout, Exact),
    REASON.word("RESPONSE_FORMAT_ERROR", "The server's answer is malformed.").reason(FailureReason::ResponseFormatError, Exact),
    REASON
        .word("RESPONSE_MISMATCH", "The status code of the answer is not among the expected ones.")
        .reason(FailureReason::ResponseMismatch, Exact),
    REASON
        .word("CONNECT_REFUSED", "The server refused the connection. Only the vendor's diagnosis tool names the word.")
        .undocumented(SKILL)
        .reason(FailureReason::ConnectRefused, Inferred),
    REASON
        .word("RESPONSE_TIMEOUT", "The server did not answer in time. Only the vendor's diagnosis tool names the word.")
        .undocumented(SKILL)
        .reason(FailureReason::RecvResponseTimeout, Inferred),
    REASON
        .word("SSL_HANDSHAKE_ERROR", "The TLS handshake with the server failed. Only the vendor's diagnosis tool names the word.")
        .undocumented(SKILL)
        .reason(FailureReason::SslHandshakeError, Inferred),
    REASON
        .word("CONNECT_INTERRUPT", "The connection broke during the check. The word is the Network Load Balancer's.")
        .undocumented(NLB_PAGE)
        .reason(FailureReason::ConnectInterrupt, Inferred),
    REASON
        .word(
            "HTTP_CODE_NOT_MATCH",
            "The status code of the answer is not among the expected ones. The word is the Network Load Balancer's.",
        )
        .undocumented(NLB_PAGE)
        .reason(FailureReason::ResponseMismatch, Inferred),
    REASON
        .word("HTTP_INVALID_HEADER", "The server's answer is malformed. The word is the Network Load Balancer's.")
        .undocumented(NLB_PAGE)
        .reason(FailureReason::ResponseFormatError, Inferred),
    REASON
        .word("CONNECT_FAIL", "The load balancer could not connect to the server. The word is the Network Load Balancer's.")
        .undocumented(FIRST_NLB_PAGE)
        .reason(FailureReason::ConnectFailed, Inferred),
    REASON
        .word("RECV_TIMEOUT", "The server did not answer in time. The word is the Network Load Balancer's.")
        .undocumented(FIRST_NLB_PAGE)
        .reason(FailureReason::RecvResponseTimeout, Inferred),
];

const FLAG: Row = Row::of(HEALTH, Role::Flag, CHECK, HEALTH_PAGE);
const CHECK_OFF_BY_TOOL: &str =
    "The pool's health check is off: its servers are not judged. Only the vendor's diagnosis tool names the word.";

static FLAGS: [Row; 4] = [
    FLAG.word("on", CHECK_ON),
    FLAG.word("true", CHECK_ON).undocumented(GROUPS_PAGE),
    FLAG.word("off", CHECK_OFF_BY_TOOL)
        .undocumented(SKILL)
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact),
    FLAG.word("false", CHECK_OFF)
        .undocumented(HEALTH_PAGE)
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact),
];

const SHARE: Row = Row::of(HEALTH, Role::Traffic, ACTION, HEALTH_PAGE);

static TRAFFIC: [Row; 4] = [
    SHARE.word("ForwardGroup", "The pool gets requests; the server's status decides."),
    SHARE
        .word("TrafficMirror", "A server that is not in use gets no copies either.")
        .when("Status", "Unused")
        .traffic(Traffic::Excluded),
    SHARE
        .word("TrafficMirror", "The pool gets copies of requests and is not serving capacity.")
        .traffic(Traffic::Mirrored)
        .traffic_because(TrafficReason::Mirror),
    SHARE
        .word(
            "*",
            "An action that this version does not know: nothing is said of the traffic, except where the status excludes it.",
        )
        .traffic(Traffic::Unknown),
];

static REGISTRATIONS: [Row; 4] = lbhealth_alibaba::registrations(SERVERS_PAGE);

/// What the words of `ServerType` stand for.
const KINDS: &[(&str, BackendKind)] = &[
    ("Ecs", BackendKind::Instance),
    ("Eni", BackendKind::NetworkInterface),
    ("Eci", BackendKind::Container),
    ("Ip", BackendKind::Ip),
    ("Fc", BackendKind::Function),
];
