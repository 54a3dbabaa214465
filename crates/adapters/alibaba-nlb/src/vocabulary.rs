//! The vendor's words and what they mean in ours.

use lbhealth_alibaba::{CHECK_OFF, CHECK_ON, CLIENT, NORMAL, NOT_FOUND, SKILL, STALE};
use lbhealth_core::BackendHealth::{Healthy, Inactive, Initializing, Unhealthy, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{BackendKind, FailureReason, Role, Row, Traffic, Vocabulary};

pub(crate) const HEALTH_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-getlistenerhealthstatus";
pub(crate) const SERVERS_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listservergroupservers";
/// The reference as it was first, with some words more and others spelled otherwise.
const FIRST_PAGE: &str = "https://help.aliyun.com/en/slb/api-getlistenerhealthstatus-nlb";

const HEALTH: &[&str] = &["GetListenerHealthStatus"];

pub(crate) const CHECK: &str = "2/HeathCheckEnabled";

pub(crate) static VOCABULARY: Vocabulary = WITHOUT_REASONS.reasons(&REASONS);

/// The same words where the vendor's first client had the reason.
pub(crate) static FIRST_CLIENT: Vocabulary = WITHOUT_REASONS
    .reasons(&FIRST_REASONS)
    .status_codes("HealthCheckReasonModel/ExpectReturnCode", "HealthCheckReasonModel/ActualReturnCode");

const WITHOUT_REASONS: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).flags(&FLAGS).registrations(&REGISTRATIONS).kinds(KINDS);

const STATUS: Row = Row::of(HEALTH, Role::Status, "Status", HEALTH_PAGE);

static STATUSES: [Row; 8] = [
    STATUS
        .word("Initial", "A check is configured and has not given a result yet.")
        .health(Initializing, Exact)
        .reason(FailureReason::InitialChecks, Exact)
        .traffic(Traffic::Unknown),
    STATUS.word("Unhealthy", STALE).when(CHECK, "false").health(Unhealthy, Exact).traffic(Traffic::Unknown),
    STATUS.word("Unhealthy", STALE).when(CHECK, "off").health(Unhealthy, Exact).traffic(Traffic::Unknown),
    STATUS
        .word("Unhealthy", "The server failed its checks as often in a row as the pool's threshold says.")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    Row::of(HEALTH, Role::Status, "Status", FIRST_PAGE)
        .word(
            "Unused",
            "The server is not used. The first reference explains it by a weight of 0 and newer ones leave the word out, so what keeps the \
             server out is left open.",
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

static REASONS: [Row; 16] = reasons("Reason/ReasonCode");
static FIRST_REASONS: [Row; 16] = reasons("HealthCheckReasonModel/ReasonCode");

/// The reason words, where this field holds them.
const fn reasons(field: &'static str) -> [Row; 16] {
    let reason = Row::of(HEALTH, Role::Reason, field, HEALTH_PAGE);
    let first = Row::of(HEALTH, Role::Reason, field, FIRST_PAGE);
    let client = Row::of(HEALTH, Role::Reason, field, CLIENT);
    [
        reason
            .word("CONNECT_TIMEOUT", "The load balancer could not connect to the server in time.")
            .reason(FailureReason::ConnectTimeout, Exact),
        reason
            .word("CONNECT_FAILED", "The load balancer could not connect to the server.")
            .reason(FailureReason::ConnectFailed, Exact),
        reason
            .word("RECV_RESPONSE_TIMEOUT", "The server did not answer in time.")
            .reason(FailureReason::RecvResponseTimeout, Exact),
        reason
            .word("CONNECT_INTERRUPT", "The connection broke during the check.")
            .reason(FailureReason::ConnectInterrupt, Exact),
        reason
            .word("HTTP_CODE_NOT_MATCH", "The status code of the answer is not among the expected ones.")
            .reason(FailureReason::ResponseMismatch, Exact),
        reason.word("HTTP_INVALID_HEADER", "The server's answer is malformed.").reason(FailureReason::ResponseFormatError, Exact),
        first
            .word("CONNECT_FAIL", "The load balancer could not connect to the server. The first reference spells the word so.")
            .reason(FailureReason::ConnectFailed, Exact),
        first
            .word("RECV_TIMEOUT", "The server did not answer in time. The first reference spells the word so.")
            .reason(FailureReason::RecvResponseTimeout, Exact),
        client
            .word("RECV_RESPONSE_FAILED", "The load balancer could not read the server's answer. Only the first client has the word.")
            .reason(FailureReason::RecvResponseFailed, Exact),
        client
            .word("SEND_REQUEST_FAILED", "The load balancer could not send the probe. Only the first client has the word.")
            .reason(FailureReason::SendRequestFailed, Exact),
        client
            .word("SEND_REQUEST_TIMEOUT", "The load balancer could not send the probe in time. Only the first client has the word.")
            .reason(FailureReason::SendRequestTimeout, Exact),
        client
            .word("RESPONSE_FORMAT_ERROR", "The server's answer is malformed. Only the first client has the word.")
            .reason(FailureReason::ResponseFormatError, Exact),
        client
            .word(
                "RESPONSE_MISMATCH",
                "The status code of the answer is not among the expected ones. Only the first client and the vendor's diagnosis tool have \
                 the word.",
            )
            .reason(FailureReason::ResponseMismatch, Exact),
        reason
            .word("CONNECT_REFUSED", "The server refused the connection. Only the vendor's diagnosis tool names the word.")
            .undocumented(SKILL)
            .reason(FailureReason::ConnectRefused, Inferred),
        reason
            .word("RESPONSE_TIMEOUT", "The server did not answer in time. Only the vendor's diagnosis tool names the word.")
            .undocumented(SKILL)
            .reason(FailureReason::RecvResponseTimeout, Inferred),
        reason
            .word(
                "SSL_HANDSHAKE_ERROR",
                "The TLS handshake with the server failed. Only the vendor's diagnosis tool names the word, for the Application Load Balancer.",
            )
            .undocumented(SKILL)
            .reason(FailureReason::SslHandshakeError, Inferred),
    ]
}

const FLAG: Row = Row::of(HEALTH, Role::Flag, CHECK, HEALTH_PAGE);
const LIKE_ALB: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-getlistenerhealthstatus";

static FLAGS: [Row; 4] = [
    FLAG.word("true", CHECK_ON),
    FLAG.word("false", CHECK_OFF).health(Unmonitored, Exact).reason(FailureReason::HealthCheckDisabled, Exact),
    FLAG.word("on", "The pool's health check is on, in the spelling of the Application Load Balancer.").undocumented(LIKE_ALB),
    FLAG.word("off", "The pool's health check is off, in the spelling of the Application Load Balancer.")
        .undocumented(LIKE_ALB)
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact),
];

static REGISTRATIONS: [Row; 4] = lbhealth_alibaba::registrations(SERVERS_PAGE);

/// What the words of `ServerType` stand for.
const KINDS: &[(&str, BackendKind)] = &[
    ("Ecs", BackendKind::Instance),
    ("Eni", BackendKind::NetworkInterface),
    ("Eci", BackendKind::Container),
    ("Ip", BackendKind::Ip),
];
