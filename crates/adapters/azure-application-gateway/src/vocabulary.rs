//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Degraded, Draining, Healthy, Unhealthy, Unknown};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{FailureReason, Role, Row, Traffic, Vocabulary, WarningCode};

pub(crate) const HEALTH_PAGE: &str =
    "https://learn.microsoft.com/en-us/rest/api/application-gateway/application-gateways/backend-health";
pub(crate) const ON_DEMAND_PAGE: &str =
    "https://learn.microsoft.com/en-us/rest/api/application-gateway/application-gateways/backend-health-on-demand";
/// The guide, which has other words than the reference: those that replies really have.
const GUIDE: &str = "https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-backend-health";
const TROUBLESHOOTING: &str =
    "https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-backend-health-troubleshooting";
const DRAINING: &str = "https://learn.microsoft.com/en-us/azure/application-gateway/features#connection-draining";
/// Tests of a tool that reads these replies: the only public place that has the field.
const TOOL: &str = "https://github.com/AAFC-Cloud/Cloud-Terrastodon";
/// A guide of another product of the vendor's, which has an older text.
const OLDER: &str = "https://learn.microsoft.com/en-us/azure/app-service/environment/integrate-with-application-gateway";

const HEALTH: &[&str] = &["ApplicationGateways_BackendHealth", "ApplicationGateways_BackendHealthOnDemand"];
const CHECKED: &[&str] = HEALTH.split_at(1).0;
const TESTED: &[&str] = HEALTH.split_at(1).1;

const HEALTH_FIELD: &str = "health";
const ERROR_NAME: &str = "healthProbeErrorName";
const LOG: &str = "healthProbeLog";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY
    .statuses(&STATUSES)
    .reasons(&REASONS)
    .messages(LOG, &[("Received:", "."), ("Received:", ""), ("Received invalid status code: ", " "), ("Received ", " status code")])
    .expected_in_messages(&[("Expected:", "Received:"), ("As per the health probe configuration, ", " is the acceptable")])
    .status_codes("", LOG);

const REFERENCE_WORD: Row = Row::of(HEALTH, Role::Status, HEALTH_FIELD, HEALTH_PAGE);
const GUIDE_WORD: Row = Row::of(HEALTH, Role::Status, HEALTH_FIELD, GUIDE);
const CHECKED_WORD: Row = Row::of(CHECKED, Role::Status, HEALTH_FIELD, HEALTH_PAGE);
const CHECKED_GUIDE_WORD: Row = Row::of(CHECKED, Role::Status, HEALTH_FIELD, GUIDE);
/// A test on demand is a probe as its caller wants it. Traffic follows the gateway's own checks, which may say otherwise.
const TESTED_WORD: Row = Row::of(TESTED, Role::Status, HEALTH_FIELD, ON_DEMAND_PAGE).traffic(Traffic::Unknown);
const TESTED_GUIDE_WORD: Row = Row::of(TESTED, Role::Status, HEALTH_FIELD, GUIDE).traffic(Traffic::Unknown);

const PASSES: &str = "The server passes its checks.";
const FAILS: &str = "The server fails its checks.";
const FAILS_AND_PASSES: &str = "The server is said to fail its checks and to have passed one.";
const PASSED: &str = "The server passed this test, which decides nothing about traffic.";
const FAILED: &str = "The server failed this test, which decides nothing about traffic.";
const FAILED_AND_PASSED: &str = "The server is said to have failed this test and to have passed it.";

const fn passes(word: Row) -> Row {
    word.health(Healthy, Exact)
}

const fn fails(word: Row) -> Row {
    word.health(Unhealthy, Exact)
}

/// Where the word for the reason says so; `succeeded` where the text does.
const fn fails_and_passes(word: Row) -> Row {
    fails(word).when(ERROR_NAME, "SuccessWithStatusCode").warning(WarningCode::ReasonContradictsStatus)
}

const fn succeeded(word: Row) -> Row {
    fails(word).when(LOG, "Success. *").warning(WarningCode::ReasonContradictsStatus)
}

static STATUSES: [Row; 19] = [
    passes(CHECKED_WORD.word("Up", PASSES)).traffic(Traffic::Eligible),
    passes(CHECKED_GUIDE_WORD.word("Healthy", PASSES)).traffic(Traffic::Eligible),
    fails_and_passes(CHECKED_WORD.word("Down", FAILS_AND_PASSES)).traffic(Traffic::Excluded),
    succeeded(CHECKED_WORD.word("Down", FAILS_AND_PASSES)).traffic(Traffic::Excluded),
    fails(CHECKED_WORD.word("Down", FAILS)).traffic(Traffic::Excluded),
    fails_and_passes(CHECKED_GUIDE_WORD.word("Unhealthy", FAILS_AND_PASSES)).traffic(Traffic::Excluded),
    succeeded(CHECKED_GUIDE_WORD.word("Unhealthy", FAILS_AND_PASSES)).traffic(Traffic::Excluded),
    fails(CHECKED_GUIDE_WORD.word("Unhealthy", FAILS)).traffic(Traffic::Excluded),
    passes(TESTED_WORD.word("Up", PASSED)),
    passes(TESTED_GUIDE_WORD.word("Healthy", PASSED)),
    fails_and_passes(TESTED_WORD.word("Down", FAILED_AND_PASSED)),
    succeeded(TESTED_WORD.word("Down", FAILED_AND_PASSED)),
    fails(TESTED_WORD.word("Down", FAILED)),
    fails_and_passes(TESTED_GUIDE_WORD.word("Unhealthy", FAILED_AND_PASSED)),
    succeeded(TESTED_GUIDE_WORD.word("Unhealthy", FAILED_AND_PASSED)),
    fails(TESTED_GUIDE_WORD.word("Unhealthy", FAILED)),
    REFERENCE_WORD
        .word(
            "Partial",
            "The reference does not say what it means: instances of the gateway, or addresses behind a name, disagree.",
        )
        .health(Degraded, Ambiguous)
        .traffic(Traffic::Unknown),
    Row::of(HEALTH, Role::Status, HEALTH_FIELD, DRAINING)
        .word("Draining", "The server is being taken out of the pool, and requests that it has are let to complete.")
        .health(Draining, Exact)
        .reason(FailureReason::Deregistering, Inferred)
        .traffic(Traffic::ExistingOnly),
    GUIDE_WORD
        .word("Unknown", "The gateway's instances cannot be asked, or the server's name cannot be resolved.")
        .health(Unknown, Exact)
        .reason(FailureReason::StatusUnavailable, Exact)
        .traffic(Traffic::Unknown),
];

const NAME: Row = Row::of(HEALTH, Role::Reason, ERROR_NAME, "").undocumented(TOOL);
const TEXT: Row = Row::of(HEALTH, Role::Reason, LOG, TROUBLESHOOTING);

static REASONS: [Row; 11] = [
    NAME.word("SuccessWithStatusCode", "The server passes its checks."),
    NAME.word("HttpStatusCodeMismatchWithStatusCode", "The status code of the answer is not among the expected ones.")
        .reason(FailureReason::ResponseMismatch, Exact),
    TEXT.word("*more than the timeout threshold*", "The server did not answer in time.")
        .reason(FailureReason::RecvResponseTimeout, Inferred),
    // As replies have it, and older versions of the page.
    TEXT.word("*more than the time-out threshold*", "The server did not answer in time.")
        .reason(FailureReason::RecvResponseTimeout, Inferred),
    TEXT.word("*could not create a probe*", "The server's name could not be resolved.").reason(FailureReason::DnsFailure, Inferred),
    TEXT.word("*could not connect to the backend*", "The connection could not be established.")
        .reason(FailureReason::ConnectFailed, Inferred),
    Row::of(HEALTH, Role::Reason, LOG, OLDER)
        .word("cannot connect to backend server*", "The connection could not be established.")
        .reason(FailureReason::ConnectFailed, Inferred),
    TEXT.word("status code of the backend*", "The status code of the answer is not among the expected ones.")
        .reason(FailureReason::ResponseMismatch, Inferred),
    Row::of(HEALTH, Role::Reason, LOG, "")
        .word("received invalid status code*", "The status code of the answer is not among the expected ones.")
        .undocumented(TOOL)
        .reason(FailureReason::ResponseMismatch, Inferred),
    TEXT.word("body of the backend*", "The body of the answer does not hold the expected text.")
        .reason(FailureReason::ResponseBodyMismatch, Inferred),
    TEXT.word("*certificate*", "The server's certificate was not accepted: its name, its dates, its chain, or who signed it.")
        .reason(FailureReason::SslCertificateInvalid, Inferred),
];
