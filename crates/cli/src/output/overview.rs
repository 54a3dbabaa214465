//! Documents as tables for people.

mod cells;
mod configuration;
mod listing;
mod warnings;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use lbhealth::{
    BackendHealth, BackendRecord, Certainty, Completeness, Coverage, Document, HealthReport, PoolSummary, latest_pools,
};

use self::cells::{address, cause, listener, marked, text, traffic, words};
use self::configuration::Configuration;
use self::listing::Listing;
use self::warnings::Warnings;
use crate::screen::Screen;
use crate::table::{plain, table};

/// One table of all backends of a run, the worst first, then one of their pools, and what was odd. What several replies say is joined,
/// because whoever looks at forty listeners wants the three that fail at the top, and not at forty places.
#[derive(Debug)]
pub(crate) struct Overview {
    screen: Screen,
    backends: Vec<(BackendHealth, Vec<String>)>,
    pools: Listing,
    parents: Listing,
    configuration: Configuration,
    completeness: BTreeMap<Completeness, u64>,
    warnings: Warnings,
    has_reports: bool,
    leaves_out: bool,
    is_marked: bool,
}

const BACKENDS: &[&str] = &[
    "HEALTH",
    "TRAFFIC",
    "CAUSE",
    "NAME",
    "BACKEND",
    "ADDRESS",
    "WEIGHT",
    "POOL",
    "LISTENER",
    "RULE",
    "LOAD BALANCER",
    "VENDOR SAYS",
    "WARNINGS",
    "ADAPTER",
    "OBSERVED",
];
const POOLS: &[&str] =
    &["POOL", "LISTENER", "RULE", "LOAD BALANCER", "CHECK", "SERVERS", "OF THEM", "NOT LISTED", "ADAPTER", "OBSERVED"];
const PARENTS: &[&str] = &["PARENT", "ID", "NAME", "VENDOR SAYS", "PROVISIONING"];

/// Columns that most often say the same in every row.
const SHARED: &[(&str, &str)] = &[("ADAPTER", "adapter"), ("LOAD BALANCER", "load balancer"), ("OBSERVED", "observed")];

impl Overview {
    pub(crate) fn new(screen: Screen) -> Self {
        Self {
            screen,
            backends: Vec::new(),
            pools: Listing::new(POOLS),
            parents: Listing::new(PARENTS),
            configuration: Configuration::default(),
            completeness: BTreeMap::new(),
            warnings: Warnings::default(),
            has_reports: false,
            leaves_out: false,
            is_marked: false,
        }
    }

    pub(crate) fn add(&mut self, document: &Document<'_>) {
        match document {
            Document::Health(report) => self.report(report),
            Document::HealthChecks(report) => self.configuration.checks(report),
            Document::Inventory(inventory) => self.configuration.inventory(inventory),
            _ => return,
        }
        *self.completeness.entry(document.completeness()).or_default() += 1;
        document.warnings().iter().for_each(|warning| self.warnings.add(warning));
    }

    fn report(&mut self, report: &HealthReport<'_>) {
        self.has_reports = true;
        for record in &report.records {
            let row = backend(report, record);
            self.is_marked |=
                record.certainty != Certainty::Exact || record.cause.is_some_and(|cause| cause.certainty != Certainty::Exact);
            self.backends.push((record.health, row));
        }
        let latest = latest_pools(std::slice::from_ref(report));
        let counts: HashMap<_, _> = latest.into_iter().map(|pool| (pool.pool_key, pool.health_counts)).collect();
        for summary in &report.pools {
            self.leaves_out |= report.coverage == Coverage::NonHealthyOnly && summary.unlisted_count != Some(0);
            let counts = counts.get(&*summary.pool_key).and_then(Option::as_deref).unwrap_or_default();
            self.pools.row(pool(report, summary, counts));
        }
        for parent in &report.parents {
            let id = text(parent.id.as_ref());
            self.parents.row([
                parent.kind.to_string(),
                id,
                text(parent.name.as_ref()),
                text(parent.status.as_ref()),
                text(parent.provisioning_status.as_ref()),
            ]);
        }
    }

    pub(crate) fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        let mut parts = Parts { out, screen: self.screen, is_first: true };
        // Stable, so that within a health the order is that of the input.
        self.backends.sort_by_key(|(health, _)| health.severity());
        let mut backends = Listing::new(BACKENDS);
        for (_, row) in self.backends.drain(..) {
            backends.row(row);
        }
        if self.has_reports && backends.is_empty() {
            parts.text("No backend is listed.\n")?;
        }
        parts.listing(&mut backends)?;
        parts.listing(&mut self.pools)?;
        parts.listing(&mut self.parents)?;
        for listing in self.configuration.listings() {
            parts.listing(listing)?;
        }
        let mut warnings = self.warnings.rows().peekable();
        if warnings.peek().is_some() {
            parts.text(&table(["WARNING", "TIMES", "THE FIRST TIME"], warnings))?;
        }
        parts.text(&self.remarks())
    }

    fn remarks(&self) -> String {
        let mut remarks = Vec::new();
        let replies: u64 = self.completeness.values().sum();
        let of = |completeness| self.completeness.get(&completeness).copied().unwrap_or_default();
        if of(Completeness::Incomplete) > 0 {
            let count = of(Completeness::Incomplete);
            remarks
                .push(format!("{count} of {replies} replies are INCOMPLETE: a page is pending, or something could not be read."));
        }
        if of(Completeness::Undetermined) > 0 {
            let count = of(Completeness::Undetermined);
            let remedy = "where it pages, `--page-limit` with what was asked for per page shows which is the last";
            remarks.push(format!("{count} of {replies} replies may not be all there is: the vendor does not tell; {remedy}."));
        }
        if self.leaves_out {
            remarks.push(
                "Some replies list only backends that are not plainly normal; NOT LISTED tells what is known of the others."
                    .to_owned(),
            );
        }
        if self.is_marked {
            remarks.push("~ inferred from other fields or from absence; ? the vendor's word is ambiguous.".to_owned());
        }
        remarks.into_iter().flat_map(|remark| [remark, "\n".to_owned()]).collect()
    }
}

/// Parts with an empty line between them.
struct Parts<'o, W: Write> {
    out: &'o mut W,
    screen: Screen,
    is_first: bool,
}

impl<W: Write> Parts<'_, W> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if !std::mem::take(&mut self.is_first) {
            writeln!(self.out)?;
        }
        self.out.write_all(text.as_bytes())
    }

    fn listing(&mut self, listing: &mut Listing) -> io::Result<()> {
        if listing.is_empty() {
            return Ok(());
        }
        let shared = SHARED.iter().filter_map(|(column, name)| Some(format!("{name} {}", plain(&listing.take_shared(column)?))));
        let shared = shared.collect::<Vec<_>>().join(", ");
        let head = if shared.is_empty() { shared } else { shared + "\n" };
        self.text(&(head + &listing.text(self.screen)))
    }
}

fn backend(report: &HealthReport<'_>, record: &BackendRecord<'_>) -> Vec<String> {
    vec![
        marked(record.health, record.certainty),
        traffic(record),
        cause(record),
        text(record.backend_name.as_ref()),
        text(record.backend_id.as_ref()),
        address(record.address.as_deref(), record.port),
        text(record.weight),
        text(record.pool_id.as_ref()),
        listener(record.listener_id.as_deref(), record.listener_protocol.as_deref(), record.listener_port),
        text(record.rule_id.as_ref()),
        text(record.load_balancer_id.as_ref()),
        words(record.evidence.status.as_deref(), record.evidence.reason.as_deref()),
        record.warnings.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" "),
        report.adapter.to_string(),
        text(report.observed_at),
    ]
}

fn pool(report: &HealthReport<'_>, pool: &PoolSummary<'_>, counts: &[(BackendHealth, u32)]) -> Vec<String> {
    let some: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(health, count)| format!("{count} {health}")).collect();
    let of_them = match some.as_slice() {
        [] if counts.is_empty() => "not known".to_owned(),
        [] => "none".to_owned(),
        some => some.join(", "),
    };
    vec![
        text(pool.pool_id.as_ref()),
        listener(pool.listener_id.as_deref(), pool.listener_protocol.as_deref(), pool.listener_port),
        text(pool.rule_id.as_ref()),
        text(pool.load_balancer_id.as_ref()),
        cells::switch(pool.check_enabled),
        text(pool.server_count),
        of_them,
        unlisted(pool),
        report.adapter.to_string(),
        text(report.observed_at),
    ]
}

/// How many backends have no name, and what may be said of each.
fn unlisted(pool: &PoolSummary<'_>) -> String {
    let (Some(health), count) = (pool.unlisted_health, pool.unlisted_count) else { return text(pool.unlisted_count) };
    let count = count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    match (&*count, pool.unlisted_traffic) {
        ("0", _) => count,
        (_, Some(traffic)) => format!("{count} {health}, {traffic}"),
        (_, None) => format!("{count} {health}"),
    }
}
