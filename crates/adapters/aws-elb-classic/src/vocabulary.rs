//! The vendor's words and what they mean in ours. Two states stand for nearly everything; which it is, only the text for people says.

use lbhealth_core::BackendHealth::{Draining, Healthy, Inactive, Initializing, Unhealthy, Unknown};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{FailureReason, Role, Row, Traffic, Vocabulary, WarningCode};

const WORDS_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_InstanceState.html";
/// The user guide, which says what the state of an instance is while its connections go on.
const DRAINING_GUIDE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html";
/// The user guide, which says what to make of the texts.
const TEXTS_GUIDE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/ts-elb-healthcheck.html";

const HEALTH: &[&str] = &["DescribeInstanceHealth"];

const STATE_FIELD: &str = "State";
pub(crate) const TEXT: &str = "Description";
/// In place of a text that is none.
pub(crate) const UNREADABLE: &str = "unreadable";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).reasons(&REASONS).messages(TEXT, &[]);

const STATE: Row = Row::of(HEALTH, Role::Status, STATE_FIELD, WORDS_PAGE);
const OUT: &str = "OutOfService";

/// An instance that is out of service for the cause that this part of its text tells.
const fn out(text: &'static str, meaning: &'static str) -> Row {
    STATE.word(OUT, meaning).when(TEXT, text).traffic(Traffic::Excluded)
}

/// A text can hold several sentences. What keeps an instance out before any check comes first.
static STATUSES: [Row; 20] = [
    Row::of(HEALTH, Role::Status, STATE_FIELD, DRAINING_GUIDE)
        .word("InService", "The instance is being deregistered, and is given time to finish what it has begun.")
        .when(TEXT, "*deregistration currently in progress*")
        .health(Draining, Inferred)
        .reason(FailureReason::Deregistering, Inferred)
        .traffic(Traffic::ExistingOnly),
    STATE
        .word("InService", "The instance passes its checks, or is being deregistered; the text, which would tell, cannot be read.")
        .when(TEXT, UNREADABLE)
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
    STATE
        .word("InService", "The instance is said to pass its checks and to have failed them; the text may be that of the state before.")
        .when(TEXT, "*failed at least the UnhealthyThreshold*")
        .health(Healthy, Ambiguous)
        .traffic(Traffic::Eligible)
        .warning(WarningCode::ReasonContradictsStatus),
    STATE
        .word("InService", "The instance passes its checks, and there is nothing else to say.")
        .when(TEXT, "N/A")
        .health(Healthy, Exact)
        .traffic(Traffic::Eligible),
    STATE
        .word("InService", "The instance is said to pass its checks, and the text says something else, such as that it is stopped.")
        .when(TEXT, "*")
        .health(Healthy, Ambiguous)
        .traffic(Traffic::Unknown)
        .warning(WarningCode::ReasonContradictsStatus),
    STATE.word("InService", "The instance passes its checks.").health(Healthy, Exact).traffic(Traffic::Eligible),
    out("*not currently registered with the LoadBalancer*", "The instance is not registered with the load balancer.")
        .health(Inactive, Inferred)
        .reason(FailureReason::NotRegistered, Inferred),
    out("*deregistration currently in progress*", "The instance is being deregistered.")
        .health(Draining, Inferred)
        .reason(FailureReason::Deregistering, Inferred),
    out("*in terminated state*", "The instance is terminated.")
        .health(Inactive, Inferred)
        .reason(FailureReason::BackendStopped, Inferred),
    out("*in stopped state*", "The instance is stopped.")
        .health(Inactive, Inferred)
        .reason(FailureReason::BackendStopped, Inferred),
    out("*in pending state*", "The instance is being started, so no check has a result.")
        .health(Initializing, Inferred)
        .reason(FailureReason::InitialChecks, Inferred),
    out(
        "*Availability Zone for which LoadBalancer is not configured*",
        "The instance is in a zone that is not enabled for the load balancer.",
    )
    .health(Inactive, Inferred)
    .reason(FailureReason::ZoneNotEnabled, Inferred),
    out("*disable Availability Zone is currently in progress*", "The zone of the instance is being taken from the load balancer.")
        .health(Inactive, Inferred)
        .reason(FailureReason::ZoneNotEnabled, Inferred),
    out("*registration is still in progress*", "The instance is being registered.")
        .health(Initializing, Inferred)
        .reason(FailureReason::Registering, Inferred),
    out("*failed at least the UnhealthyThreshold*", "The instance failed as many checks in a row as take it out of service.")
        .health(Unhealthy, Inferred)
        .reason(FailureReason::ProbeFailed, Inferred),
    Row::of(HEALTH, Role::Status, STATE_FIELD, TEXTS_GUIDE)
        .word(
            OUT,
            "The instance has not passed as many checks in a row as put it into service: because they fail, or because it came only just now.",
        )
        .when(TEXT, "*not passed the configured HealthyThreshold*")
        .health(Unhealthy, Ambiguous)
        .reason(FailureReason::ProbeFailed, Ambiguous)
        .traffic(Traffic::Excluded),
    out("*transient error*", "The load balancer has an error of its own and cannot say why the instance is out of service.")
        .health(Unknown, Inferred)
        .reason(FailureReason::LbInternalError, Inferred),
    STATE
        .word(OUT, "The instance fails its checks, or is not judged for one of many causes; without a text that is known it is open which.")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Excluded),
    STATE
        .word("Unknown", "The load balancer has an error of its own and cannot say.")
        .when(TEXT, "*transient error*")
        .health(Unknown, Exact)
        .reason(FailureReason::LbInternalError, Inferred)
        .traffic(Traffic::Unknown),
    STATE.word("Unknown", "The load balancer cannot say.").health(Unknown, Exact).traffic(Traffic::Unknown),
];

const REASON: Row = Row::of(HEALTH, Role::Reason, "ReasonCode", WORDS_PAGE);

/// They say on whose side the cause is, which is no cause of ours; that is with the state.
static REASONS: [Row; 3] = [
    REASON.word("ELB", "The cause is on the side of the load balancer."),
    REASON.word("Instance", "The cause is on the side of the instance."),
    REASON.word("N/A", "There is no cause to tell."),
];
