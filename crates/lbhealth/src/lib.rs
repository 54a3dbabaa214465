//! What vendors' replies say of the backends of load balancers, as one vendor-neutral document.
//!
//! ```
//! use lbhealth::{BackendHealth, Context, FailureReason};
//!
//! let reply = br#"{ "InstanceStates": [{ "InstanceId": "i-1", "State": "OutOfService", "ReasonCode": "Instance",
//!     "Description": "Instance is in stopped state." }] }"#;
//! let report = lbhealth::normalize(reply, &Context::default())?.into_health()?;
//! let backend = &report.records[0];
//! assert_eq!(backend.health, BackendHealth::Inactive);
//! assert_eq!(backend.cause.map(|cause| cause.reason), Some(FailureReason::BackendStopped));
//! # Ok::<(), lbhealth::Error>(())
//! ```
//!
//! | for | there is |
//! | --- | --- |
//! | a reply | [`normalize`], or [`Adapter::normalize`] of an [`adapter`] that is named; the [`Context`] tells what the reply does not |
//! | many replies | [`stream`], [`Normalizer`] |
//! | what comes out | a [`Document`]: [`HealthReport`], [`Inventory`] or [`HealthCheckReport`]; flat, [`BackendRow`] and [`PoolRow`] |
//! | words without a reply | [`judge`] |
//! | several reports | [`merge`], [`join_pages`], [`complete`] |
//! | verdicts and changes | [`Summary`], [`Check`], [`Diff`] |
//! | what words and records mean | [`explain`], [`explain_backend`] |
//! | health checks | [`lint`], [`convert`] |
//! | what can be read | [`ADAPTERS`] |
//!
//! The README and the folder `docs`, beside the sources, say more; the README's examples are tests of this crate.

#[doc(inline)]
pub use lbhealth_core::*;

/// The README, for its examples. It is no page of this documentation, because it leads to files that have none here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod stream;

/// Every adapter, in alphabetical order of id.
#[rustfmt::skip]
pub static ADAPTERS: &[&dyn Adapter] = &[
    &lbhealth_alibaba_alb::AlibabaAlb::new(),
    &lbhealth_alibaba_clb::AlibabaClb::new(),
    &lbhealth_alibaba_nlb::AlibabaNlb::new(),
    &lbhealth_aws_elb_classic::AwsElbClassic::new(),
    &lbhealth_aws_elbv2::AwsElbv2::new(),
    &lbhealth_azure_application_gateway::AzureApplicationGateway::new(),
    &lbhealth_azure_load_balancer::AzureLoadBalancer::new(),
    &lbhealth_gcp_backend_service::GcpBackendService::new(),
    &lbhealth_huawei_elb::HuaweiElb::new(),
    &lbhealth_openstack_octavia::OpenstackOctavia::new(),
];

/// The adapter with this id.
///
/// # Errors
///
/// [`UnknownAdapter`](ErrorKind::UnknownAdapter), which lists the ids there are.
pub fn adapter(id: &str) -> Result<&'static dyn Adapter, Error> {
    let found = ADAPTERS.iter().find(|adapter| adapter.id() == id);
    let known = || ADAPTERS.iter().map(|adapter| adapter.id()).collect();
    found.copied().ok_or_else(|| Error::from(ErrorKind::unknown_adapter(id, known())))
}

/// Turns a payload into a document. The adapter is told from the shape of the payload; [`adapter`] names one instead.
///
/// # Errors
///
/// Those of [`detect`] and of [`Adapter::normalize`].
pub fn normalize<'a>(payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
    detect(ADAPTERS, payload)?.normalize(payload, context)
}

/// One report of the pages of an answer, or of the answers of several calls, as [`HealthReport::merge`] makes it, with what only the
/// whole tells.
///
/// # Errors
///
/// Those of [`HealthReport::merge`].
pub fn merge<'a>(pages: impl IntoIterator<Item = HealthReport<'a>>) -> Result<HealthReport<'a>, Error> {
    HealthReport::merge(pages).map(concluded)
}

/// The same reports, of which the pages of one answer are one, as [`HealthReport::join_pages`] makes it, with what only the whole tells.
pub fn join_pages<'a>(reports: impl IntoIterator<Item = HealthReport<'a>>) -> Vec<HealthReport<'a>> {
    HealthReport::join_pages(reports).into_iter().map(concluded).collect()
}

/// The report with a record for every backend that only the inventory names, as [`HealthReport::complete_with`] makes it, with what
/// only the whole tells.
#[must_use]
pub fn complete<'a>(report: HealthReport<'a>, inventory: &Inventory<'a>) -> HealthReport<'a> {
    report.complete_with(inventory, ADAPTERS)
}

fn concluded(mut report: HealthReport<'_>) -> HealthReport<'_> {
    report.conclude(ADAPTERS);
    report
}

/// What a vendor's words about one backend mean, for callers that hold words and no payload.
///
/// Of a fact whose field no row of the vocabulary asks for, nobody can say what it does: the traffic is `UNKNOWN` then, unless it is
/// `EXCLUDED` already, with the warning `UNRECOGNIZED_VALUE`. [`Vocabulary::rows`] name the fields, in [`Row::field`] and [`Row::when`]. A
/// number can be written in any way.
///
/// # Errors
///
/// [`UnknownAdapter`](ErrorKind::UnknownAdapter). Words that are not known are no error: they give `UNKNOWN` and a warning.
pub fn judge<'a>(adapter_id: &str, words: Words<'_, 'a>) -> Result<Verdict<'a>, Error> {
    let vocabulary = adapter(adapter_id)?.vocabulary();
    let fields = || vocabulary.rows().flat_map(|row| [Some(row.field), row.when.map(|when| when.field)]).flatten();
    let given = words.facts.iter().filter(|(_, word)| !word.trim().is_empty());
    let has_unknown_facts = given.clone().any(|(field, _)| !fields().any(|known| known == *field));
    let is_zero = |word: &str| word.trim().parse::<f64>() == Ok(0.0);
    let facts: Vec<(&str, &str)> = given.map(|(field, word)| (*field, if is_zero(word) { "0" } else { word })).collect();
    // With facts that live shorter.
    let words: Words<'_, 'a> = words;
    let mut verdict = vocabulary.judge(words.facts(&facts), &mut Warnings::new());
    if has_unknown_facts {
        verdict.warnings.push(WarningCode::UnrecognizedValue);
        if verdict.traffic != Traffic::Excluded {
            verdict.traffic = Traffic::Unknown;
            verdict.traffic_reason = None;
        }
    }
    Ok(verdict)
}
