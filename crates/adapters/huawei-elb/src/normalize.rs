//! From the payload to the document.

use std::borrow::Cow;

use lbhealth_core::wire::{self, Id, List, Text, Value, Wire};
use lbhealth_core::{
    BackendKind, BackendRecord, Certainty, Completeness, Context, Coverage, Document, Error, Place, Pointer, ReportBuilder, Scope,
    WarningCode, Warnings, Words,
};

use crate::vocabulary::{ADMIN, KINDS, VOCABULARY, WEIGHT};
use crate::wire::{Member, MemberStatus, Reason, ShowMember};
use crate::{ID, MEMBER};

const AT: Pointer = Pointer::at("/member", []);

/// Turns a reply of `ShowMember` into a health report.
pub(crate) fn member<'a>(payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply: ShowMember<'a> = wire::read(payload)?;
    let lost = reply.reading().has_lost_elements();
    let completeness = if lost { Completeness::Incomplete } else { Completeness::Complete };
    let found = if reply.is_unreadable("member") { "something else" } else { "nothing" };
    let member = reply.member.take().ok_or_else(|| Error::unexpected_shape(AT, "the member, an object,", found))?;
    let mut report = ReportBuilder::new(ID, MEMBER, Coverage::Selected, context)
        .request_id(reply.request_id.take().map(Id::into_text))
        .page(completeness, None);
    report.warnings.unread(&reply, &Pointer::ROOT);
    observe(member, context, &mut report);
    Ok(Document::Health(report.finish()))
}

/// Adds a record for every place at which the member is observed.
///
/// A listener has the status that its entry gives; a bound listener without an entry has the member's outer one. Where the bound
/// listeners are not known and there are entries, nobody can say whose the outer one is.
fn observe<'a>(mut member: Member<'a>, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&member, &AT);
    let kind = kind(&member, &mut report.warnings);
    let outer = Said::at(AT, member.operating_status.take(), member.reason.take(), &mut report.warnings);
    let entries: Vec<(u32, MemberStatus<'a>)> = member.listeners.take().into_iter().flat_map(List::into_iter_indexed).collect();
    let bound = context.listeners_of(context.pool_id.as_deref());
    let without_entry: Vec<Cow<'a, str>> = bound
        .iter()
        .filter(|listener| entries.iter().all(|(_, entry)| entry.listener_id.as_deref() != Some(&***listener)))
        .cloned()
        .collect();

    // Warnings about the member itself are those of its only record, or concern all of its records.
    let only_record = entries.len() + without_entry.len() <= 1;
    let mut observer = Observer {
        server_is_gone: member.admin_state_up == Some(false) && kind != Some(BackendKind::Ip),
        weight_is_zero: member.weight == Some(0.0),
        start: only_record.then_some(start),
        shared: if only_record { Vec::new() } else { report.warnings.codes_since(start) },
        record: record(member, kind, context),
        report,
    };
    if entries.is_empty() && bound.is_empty() {
        return observer.add(Scope::Pool, None, outer, Standing::Own);
    }
    let first = observer.report.len();
    let mut is_placed = outer.status.is_none() || !bound.is_empty();
    for (index, entry) in entries {
        let at = Pointer::at("/member/status/#", [index]);
        observer.begin();
        observer.report.warnings.unread(&entry, &at);
        let said = Said::at(at, entry.operating_status, entry.reason, &mut observer.report.warnings);
        is_placed |= outer.is_said_by(&said);
        let listener_id = entry.listener_id.map(Id::into_text);
        let is_bound = bound.is_empty() || listener_id.as_ref().is_some_and(|listener| bound.contains(listener));
        observer.add(Scope::Listener, listener_id, said, if is_bound { Standing::Own } else { Standing::NotBound });
    }
    for listener in without_entry {
        observer.add(Scope::Listener, Some(listener), outer.clone(), Standing::Outer);
    }
    if !is_placed {
        unplaced(&outer, first, observer.report);
    }
}

/// Warns of an outer status that none of the listeners has: it belongs to a listener that the payload does not name.
fn unplaced<'a>(outer: &Said<'a>, first: usize, report: &mut ReportBuilder<'a>) {
    let words = [outer.status.as_deref(), outer.code.as_deref()];
    let value = words.into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(" ");
    let message = format!("the outer value `{value}` is none of the listeners'; it holds for listeners that are not named here");
    report.warnings.push(WarningCode::OuterStatusUnplaced, AT.join("operating_status"), Some(value.into()), message);
    for record in report.records_from(first) {
        record.warn(WarningCode::OuterStatusUnplaced);
    }
}

/// A status, and the reason that belongs to it.
#[derive(Clone)]
struct Said<'a> {
    at: Pointer,
    status: Option<Text<'a>>,
    code: Option<Text<'a>>,
    expected: Option<Text<'a>>,
    actual: Option<Text<'a>>,
}

impl<'a> Said<'a> {
    fn at(at: Pointer, status: Option<Text<'a>>, reason: Option<Reason<'a>>, warnings: &mut Warnings<'a>) -> Self {
        let reason = reason.unwrap_or_default();
        if !reason.reading().is_clean() {
            warnings.unread(&reason, &at.join("reason"));
        }
        Self { at, status, code: reason.code, expected: reason.expected, actual: reason.actual }
    }

    /// Whether the other says the same, as far as this says anything.
    fn is_said_by(&self, other: &Self) -> bool {
        let same = |ours: Option<&Text<'a>>, theirs: Option<&Text<'a>>| {
            ours.is_none_or(|ours| theirs.is_some_and(|theirs| ours.trim().eq_ignore_ascii_case(theirs.trim())))
        };
        same(self.status.as_ref(), other.status.as_ref()) && same(self.code.as_ref(), other.code.as_ref())
    }
}

/// What a status is to the place of its record.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// It is the status of just this place.
    Own,
    /// It is the member's outer status, which holds for this listener because no entry does.
    Outer,
    /// It is the status of a listener that the pool is not known to be bound to.
    NotBound,
}

/// One member, and the report that its observations go to.
struct Observer<'a, 'r> {
    /// The record as every place has it.
    record: BackendRecord<'a>,
    server_is_gone: bool,
    weight_is_zero: bool,
    /// Where the warnings of the next record start, if some were given already.
    start: Option<usize>,
    /// Codes of the warnings that concern all records.
    shared: Vec<WarningCode>,
    report: &'r mut ReportBuilder<'a>,
}

impl<'a> Observer<'a, '_> {
    /// From here on, warnings are those of the next record.
    fn begin(&mut self) {
        self.start.get_or_insert(self.report.warnings.len());
    }

    fn add(&mut self, scope: Scope, listener_id: Option<Text<'a>>, said: Said<'a>, standing: Standing) {
        self.begin();
        let start = self.start.take().unwrap_or_default();
        let facts: Vec<(&str, &str)> = [(self.weight_is_zero, (WEIGHT, "0")), (self.server_is_gone, (ADMIN, "false"))]
            .into_iter()
            .filter_map(|(holds, fact)| holds.then_some(fact))
            .collect();
        let mut words = Words::maybe(said.status).operation(MEMBER).facts(&facts).at(said.at.clone());
        words.reason = said.code;
        words.expected = said.expected;
        words.observed = said.actual;
        let mut verdict = VOCABULARY.judge(words, &mut self.report.warnings);
        if standing == Standing::Outer && verdict.certainty == Certainty::Exact {
            verdict.certainty = Certainty::Inferred;
        }

        let mut record = self.record.clone();
        record.scope = scope;
        if scope == Scope::Listener {
            record.listener_id = listener_id;
        }
        for code in &self.shared {
            record.warn(*code);
        }
        let warnings = &mut self.report.warnings;
        if standing == Standing::NotBound {
            let path = if record.listener_id.is_some() { said.at.join("listener_id") } else { said.at };
            let message = "the context does not name this listener as one that the pool is bound to";
            warnings.push(WarningCode::ListenerNotBound, path, record.listener_id.clone(), message);
        }
        if self.server_is_gone {
            let message = "the vendor says that the cloud server behind the backend does not exist";
            warnings.push(WarningCode::BackendMissing, AT.join(ADMIN), Some("false".into()), message);
        }
        self.report.record(record, verdict, start);
    }
}

/// The record of the member as every place has it.
fn record<'a>(member: Member<'a>, kind: Option<BackendKind>, context: &Context<'a>) -> BackendRecord<'a> {
    let mut place = Place::new(Scope::Pool);
    place.load_balancer_id.clone_from(&context.load_balancer_id);
    place.listener_id.clone_from(&context.listener_id);
    place.pool_id.clone_from(&context.pool_id);
    let mut record = BackendRecord::new(&place);
    record.backend_id = member.id.map(Id::into_text);
    record.backend_name = member.name;
    record.backend_kind = kind;
    record.instance_id = member.instance_id.map(Id::into_text);
    record.address = member.address.map(Id::into_text);
    record.port = member.port.filter(|port| *port != 0);
    record.zone = member.zone.map(Id::into_text);
    record.weight = member.weight;
    record
}

/// What kind of thing the member is. Replies without the word still tell: only cloud servers have a subnet or an instance.
fn kind<'a>(member: &Member<'a>, warnings: &mut Warnings<'a>) -> Option<BackendKind> {
    let Some(word) = &member.member_type else {
        let is_server = member.subnet_id.is_some() || member.instance_id.is_some();
        let is_address = member.address.is_some();
        return if is_server { Some(BackendKind::Instance) } else { is_address.then_some(BackendKind::Ip) };
    };
    let known = KINDS.iter().find(|(ours, _)| ours.eq_ignore_ascii_case(word.trim()));
    if known.is_none() {
        let message = format!("`{}` is not a kind of member that this version knows", word.trim());
        warnings.push(WarningCode::UnrecognizedValue, AT.join("member_type"), Some(word.clone()), message);
    }
    known.map(|(_, kind)| *kind)
}
