//! The tables that stand in pages for people.

use std::fmt::Write;

use lbhealth::schema::paragraph;
use lbhealth::wire::{Kind, Shape};
use lbhealth::{
    ADAPTERS, Adapter, CheckField, CheckForm, CheckSetting, FailureReason, FindingCode, FindingSeverity, HttpCodes, Phase,
    TimeoutBound, Word,
};

use crate::{matrix, policies};

/// The table of this name: `adapters`, `matrix …`, `false friends`, `vocabulary`, `vocabulary ID`, `operations ID`, `standings`,
/// `policy NAME`, or the name of a list of words.
pub(crate) fn region(name: &str) -> Option<String> {
    let of = |id: &str| ADAPTERS.iter().copied().find(|adapter| adapter.id() == id);
    match name.split_once(' ') {
        Some(("vocabulary", id)) => return of(id).map(vocabulary),
        Some(("operations", id)) => return of(id).map(operations),
        Some(("policy", name)) => return policies::rules(name),
        _ => {}
    }
    Some(match name {
        "adapters" => adapters(),
        "matrix health" => matrix::health(),
        "matrix reason" => matrix::reason(),
        "matrix traffic" => matrix::traffic(),
        "false friends" => matrix::false_friends(),
        "vocabulary" => sections("###", vocabulary),
        "operations" => sections("##", operations),
        "standings" => policies::standings(),
        "FailureReason" => reasons(),
        "FindingCode" => findings(),
        "check profiles" => check_profiles(),
        "conversions" => conversions(),
        "first looks" => first_looks(),
        _ => return list(name),
    })
}

/// A section per adapter, with its table.
fn sections(heading: &str, of: fn(&dyn Adapter) -> String) -> String {
    ADAPTERS.iter().map(|adapter| [heading, " ", adapter.id(), "\n\n", &of(*adapter), "\n"].concat()).collect()
}

fn adapters() -> String {
    let mut table = Table::new(&["Adapter", "Vendor", "Product", "Operations"]);
    for adapter in ADAPTERS {
        let names = adapter.operations().iter().map(|operation| format!("[`{}`]({})", operation.name, operation.documentation));
        let link = format!("[`{0}`](crates/adapters/{0})", adapter.id());
        table.row(&[&link, adapter.vendor(), adapter.product(), &names.collect::<Vec<_>>().join(", ")]);
    }
    table.finish()
}

fn operations(adapter: &dyn Adapter) -> String {
    let mut table = Table::new(&["Operation", "Becomes", "Fields not read, and why"]);
    for operation in adapter.operations() {
        let mut unread = Vec::new();
        collect_unread(operation.payload, &mut unread);
        let unread = unread.join("; ");
        let link = format!("[`{}`]({})", operation.name, operation.documentation);
        table.row(&[&link, &format!("`{}`", operation.kind), &unread]);
    }
    table.finish()
}

/// What of an object and the objects in it is known and not read.
fn collect_unread(shape: &Shape, unread: &mut Vec<String>) {
    for (name, why) in shape.unread {
        let line = format!("`{name}`: {why}");
        if !unread.contains(&line) {
            unread.push(line);
        }
    }
    for field in shape.fields {
        let mut kind = field.kind;
        while let Kind::List(element) = kind {
            kind = *element;
        }
        if let Kind::Object(inner) | Kind::Reference(inner) | Kind::Wrapped(inner) = kind {
            collect_unread(inner, unread);
        }
    }
}

fn vocabulary(adapter: &dyn Adapter) -> String {
    let mut table = Table::new(&["Field", "Word", "And", "Means", "Health", "Traffic", "Reason", "Source"]);
    for row in adapter.vocabulary().rows() {
        let word = if row.documented { format!("`{}`", row.word) } else { format!("`{}` (undocumented)", row.word) };
        let and = row.when.map(|when| format!("`{}` = `{}`", when.field, when.word)).unwrap_or_default();
        let field = format!("`{}`", row.field);
        let trend = row.trend.map(|trend| format!(", {trend}")).unwrap_or_default();
        let health = row.health.map(|health| format!("{health}, {}{trend}", row.certainty));
        let traffic = row.traffic.map(|traffic| match row.traffic_reason {
            Some(reason) => format!("{traffic}, {reason}"),
            None => traffic.to_string(),
        });
        let reason = row.reason.map(|reason| format!("{reason}, {}", row.reason_certainty));
        let [health, traffic, reason] = [health, traffic, reason].map(Option::unwrap_or_default);
        let source = if row.source.is_empty() { String::new() } else { format!("[page]({})", row.source) };
        table.row(&[&field, &word, &and, row.meaning, &health, &traffic, &reason, &source]);
    }
    table.finish()
}

fn reasons() -> String {
    let mut table = Table::new(&["Reason", "Phase", "Meaning"]);
    for phase in Phase::ALL {
        for reason in FailureReason::ALL.iter().filter(|reason| reason.phase() == *phase) {
            table.row(&[&format!("`{reason}`"), &format!("`{phase}`"), &paragraph(reason.documentation())]);
        }
    }
    table.finish()
}

/// Findings of `lint`, the gravest first.
fn findings() -> String {
    let mut table = Table::new(&["Code", "Severity", "Meaning"]);
    for severity in FindingSeverity::ALL {
        let known = |code: &&FindingCode| code.severity() == *severity && **code != FindingCode::Unrecognized;
        for code in FindingCode::ALL.iter().filter(known) {
            table.row(&[&format!("`{code}`"), &format!("`{severity}`"), &paragraph(code.documentation())]);
        }
    }
    table.finish()
}

fn first_looks() -> String {
    let mut table = Table::new(&["Reason", "What to look at first"]);
    for phase in Phase::ALL {
        for reason in FailureReason::ALL.iter().filter(|reason| reason.phase() == *phase) {
            table.row(&[&format!("`{reason}`"), reason.first_look()]);
        }
    }
    table.finish()
}

/// For every adapter, what is its vendor's own about health checks.
fn check_profiles() -> String {
    let mut table = Table::new(&["Adapter", "Has no field for", "Timeout", "By itself: interval, timeout, failed probes in a row"]);
    for adapter in ADAPTERS {
        let profile = adapter.check_profile();
        let without: Vec<String> = profile.without.iter().map(|setting| format!("`{}`", setting.as_str())).collect();
        let timeout = match profile.timeout {
            TimeoutBound::Any => "any",
            TimeoutBound::UpToInterval => "up to the interval",
            _ => "below the interval",
        };
        let times = profile
            .defaults
            .iter()
            .map(|times| format!("{} s, {} s, {}", times.interval_ms / 1000, times.timeout_ms / 1000, times.unhealthy_threshold));
        table.row(&[&format!("`{}`", adapter.id()), &without.join(", "), timeout, &times.collect::<Vec<_>>().join("; ")]);
    }
    table.finish()
}

/// For every setting of a check, the vendors' fields and what they hold.
fn conversions() -> String {
    let requests: Vec<_> = ADAPTERS.iter().flat_map(|adapter| adapter.check_requests().iter().map(|one| (*adapter, one))).collect();
    let heads: Vec<String> = requests
        .iter()
        .map(|(adapter, request)| format!("`{}` [`{}`]({})", adapter.id(), request.operation, request.documentation))
        .collect();
    let mut head = vec!["Setting"];
    head.extend(heads.iter().map(String::as_str));
    let mut table = Table::new(&head);
    for setting in CheckSetting::ALL {
        let mut cells = vec![format!("`{}`", setting.as_str())];
        cells.extend(requests.iter().map(|(_, request)| request.field(*setting).map_or_else(String::new, held)));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.finish()
}

/// A field, and what it holds.
fn held(field: &CheckField) -> String {
    let form = match field.form {
        CheckForm::Count(bounds) => bounds.to_string(),
        CheckForm::Seconds(bounds) => format!("{bounds} s"),
        CheckForm::Word(words) => words.iter().map(|(_, vendors)| *vendors).collect::<Vec<_>>().join(", "),
        CheckForm::Codes { http: HttpCodes::Classes { .. }, .. } => "classes, or codes of gRPC".to_owned(),
        CheckForm::Codes { most: usize::MAX, .. } => "codes and ranges".to_owned(),
        CheckForm::Codes { most, .. } => format!("codes and ranges, at most {most}"),
        _ => String::new(),
    };
    let form = if form.is_empty() { form } else { format!(": {form}") };
    let default = field.default.map(|default| format!("; else {default}")).unwrap_or_default();
    let required = if field.required { "; required" } else { "" };
    format!("`{}`{form}{default}{required}", field.name)
}

/// The words of the list of this name.
fn list(name: &str) -> Option<String> {
    macro_rules! words {
        ($($list:ident),+) => {
            match name {
                $(lbhealth::$list::NAME => Some(words::<lbhealth::$list>()),)+
                _ => None,
            }
        };
    }
    lbhealth::every_list!(words)
}

fn words<T: Word + std::fmt::Display>() -> String {
    let mut table = Table::new(&["Word", "Meaning"]);
    for word in T::VARIANTS {
        table.row(&[&format!("`{word}`"), &paragraph(word.documentation())]);
    }
    table.finish()
}

/// A Markdown table.
pub(crate) struct Table(String);

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(head);
        table.row(&vec!["---"; head.len()]);
        table
    }

    pub(crate) fn row(&mut self, cells: &[&str]) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}
