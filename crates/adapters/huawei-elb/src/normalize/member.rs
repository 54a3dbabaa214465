//! One member, and what is observed of it at its places.

use std::borrow::Cow;

use lbhealth_core::wire::{Id, List, Text, Value, Wire};
use lbhealth_core::{
    BackendHealth, BackendKind, BackendRecord, Certainty, Context, Place, Pointer, ReportBuilder, Scope, Traffic, Warning,
    WarningCode, Warnings, Words, prefer_payload,
};
use lbhealth_octavia::STATUS;

use super::only;
use super::said::Said;
use crate::vocabulary::{ADMIN, ALGORITHM, REASON_FIELD, ROLE, VOCABULARY, WEIGHT};
use crate::wire::{Member, MemberStatus};

/// Stands for a role that is not given.
const NO_ROLE: &str = "absent";

/// Where a member stands: alone, in a list, or in its pool.
#[derive(Clone, Copy)]
pub(super) enum MemberAt {
    Alone,
    InList(u32),
    InPool(u32),
    /// In one of several pools.
    InPools(u32, u32),
}

impl MemberAt {
    pub(super) fn member(self) -> Pointer {
        match self {
            Self::Alone => Pointer::at("/member", []),
            Self::InList(index) => Pointer::at("/members/#", [index]),
            Self::InPool(index) => Pointer::at("/pool/members/#", [index]),
            Self::InPools(pool, index) => Pointer::at("/pools/#/members/#", [pool, index]),
        }
    }

    fn entry(self, number: u32) -> Pointer {
        match self {
            Self::Alone => Pointer::at("/member/status/#", [number]),
            Self::InList(index) => Pointer::at("/members/#/status/#", [index, number]),
            Self::InPool(index) => Pointer::at("/pool/members/#/status/#", [index, number]),
            Self::InPools(pool, index) => Pointer::at("/pools/#/members/#/status/#", [pool, index, number]),
        }
    }

    fn is_in_pool(self) -> bool {
        matches!(self, Self::InPool(_) | Self::InPools(..))
    }
}

/// Adds a record for every place at which the member is observed.
///
/// A listener has the status that its entry gives; a bound listener without an entry has the member's outer one. Where the bound
/// listeners are not known and there are entries, nobody can say whose the outer one is.
pub(super) fn observe<'a>(member: &mut Member<'a>, at: MemberAt, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(member, &at.member());
    let kind = kind(member, at, &mut report.warnings);
    match (at.is_in_pool(), &member.role) {
        (true, Some(role)) => {
            VOCABULARY.knows_traffic(report.operation(), ROLE, role.clone(), || at.member().join(ROLE), &mut report.warnings);
        }
        (true, None) => {
            let message = "`role` is not given, so it is not known whether the member is a standby";
            report.warnings.push(WarningCode::UnrecognizedValue, at.member().join(ROLE), None, message);
            member.role = Some(NO_ROLE.into());
        }
        _ => {}
    }
    let about = About { kind, has_lost_facts: has_lost_facts(member, kind), start };
    observe_as(about, member, at, context, report);
}

/// What is found out about a member where its own payload stands.
pub(super) struct About {
    pub(super) kind: Option<BackendKind>,
    /// Whether a fact could not be read that may keep traffic from it.
    pub(super) has_lost_facts: bool,
    /// Where the warnings about it start.
    pub(super) start: usize,
}

/// Whether a fact could not be read that may keep traffic from a member of this kind.
pub(super) fn has_lost_facts<'a>(member: &impl Wire<'a>, kind: Option<BackendKind>) -> bool {
    // An address has no cloud server that could be gone.
    member.is_unreadable(WEIGHT) || (member.is_unreadable(ADMIN) && kind != Some(BackendKind::Ip))
}

/// As [`observe`], of a member about which this is known.
pub(super) fn observe_as<'a>(
    About { kind, has_lost_facts, start }: About,
    member: &mut Member<'a>,
    at: MemberAt,
    context: &Context<'a>,
    report: &mut ReportBuilder<'a>,
) {
    let place = place(member, at, context, &mut report.warnings);
    // In an active-standby pool entries have no reasons of their own.
    let is_in_pool = at.is_in_pool();
    let is_unreadable = member.is_unreadable("reason");
    let outer = Said::at(at.member(), member.operating_status.take(), member.reason.take(), is_unreadable, &mut report.warnings);
    let has_lost_entries = lost_entries(member);
    let entries = member.listeners.take();
    let readable = || entries.iter().flat_map(List::iter).map(|(_, entry)| entry);
    let entry_count = readable().count();
    let bound = context.listeners_of(place.pool_id.as_deref());
    let without_entry: Vec<Cow<'a, str>> = bound
        .iter()
        .filter(|listener| readable().all(|entry| entry.listener_id.as_deref() != Some(&***listener)))
        .cloned()
        .collect();

    // Warnings about the member itself are those of its only record, or concern all of its records.
    let count = (entry_count + without_entry.len()).max(1);
    let only_record = count == 1;
    report.room_for(0, count);
    let mut observer = Observer {
        at: at.member(),
        has_lost_entries,
        has_lost_facts,
        role: member.role.take(),
        algorithm: context.algorithm_of(place.pool_id.as_deref()).cloned(),
        start: only_record.then_some(start),
        shared: if only_record { Vec::new() } else { report.warnings.codes_since(start) },
        member,
        kind,
        place: &place,
        report,
    };
    if entry_count == 0 && bound.is_empty() {
        return observer.add(None, &outer, StatusOrigin::InPool);
    }
    let first = observer.report.len();
    let mut is_placed = !bound.is_empty() || (outer.status.is_none() && outer.code.is_none());
    for (number, entry) in entries.into_iter().flat_map(List::into_iter_indexed) {
        let at = at.entry(number);
        observer.begin();
        observer.report.warnings.unread(&entry, &at);
        let is_unreadable = entry.is_unreadable("reason");
        let mut said = Said::at(at, entry.operating_status, entry.reason, is_unreadable, &mut observer.report.warnings);
        if is_in_pool {
            said.borrow_reason(&outer);
        }
        is_placed |= outer.is_said_by(&said);
        let listener_id = entry.listener_id.map(Id::into_text);
        let is_bound = bound.is_empty() || listener_id.as_ref().is_some_and(|listener| bound.contains(listener));
        observer.add(listener_id, &said, if is_bound { StatusOrigin::AtListener } else { StatusOrigin::NotBound });
    }
    for listener in without_entry {
        observer.add(Some(listener), &outer, StatusOrigin::Outer);
    }
    if !is_placed {
        unplaced(&outer, first, observer.report);
    }
}

/// Whether an entry could not be read, or does not say which listener it is of.
fn lost_entries(member: &Member<'_>) -> bool {
    let is_lost = |entries: &List<'_, MemberStatus<'_>>| {
        entries.reading().has_lost_elements() || entries.iter().any(|(_, entry)| entry.listener_id.is_none())
    };
    member.is_unreadable("status") || member.listeners.as_ref().is_some_and(is_lost)
}

/// Warns of an outer status that none of the listeners has: it belongs to a listener that the payload does not name.
fn unplaced<'a>(outer: &Said<'a>, first: usize, report: &mut ReportBuilder<'a>) {
    let words = [outer.status.as_deref(), outer.code.as_deref()];
    let value = words.into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(" ");
    // No record carries them.
    let codes = if outer.expected.is_some() || outer.actual.is_some() {
        let [expected, actual] = [&outer.expected, &outer.actual].map(|codes| codes.as_deref().unwrap_or("not told").trim());
        format!(" (expected {expected}, met {actual})")
    } else {
        String::new()
    };
    let message =
        format!("the outer value `{value}`{codes} is none of the listeners'; it holds for listeners that are not named here");
    let warning = Warning::new(WarningCode::OuterStatusUnplaced, outer.at.join(STATUS), Some(value.into()), message);
    report.warn_about(&(first..report.len()).collect::<Vec<_>>(), warning);
}

/// What a status is to the place of its record.
#[derive(Clone, Copy, PartialEq)]
enum StatusOrigin {
    /// It is the status of the listener's own entry.
    AtListener,
    /// It is the member's outer status, and nothing tells its listeners apart.
    InPool,
    /// It is the status of the entry of a listener that the pool is not known to be bound to.
    NotBound,
    /// It is the member's outer status, which holds for this listener because no entry does.
    Outer,
}

/// One member, and the report that its observations go to.
struct Observer<'a, 'r> {
    /// Where the member stands.
    at: Pointer,
    /// Whether entries per listener could not be read.
    has_lost_entries: bool,
    member: &'r Member<'a>,
    kind: Option<BackendKind>,
    /// Its pool.
    place: &'r Place<'a>,
    /// Whether a fact could not be read that may keep traffic from it.
    has_lost_facts: bool,
    role: Option<Text<'a>>,
    algorithm: Option<Text<'a>>,
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

    fn add(&mut self, listener_id: Option<Text<'a>>, said: &Said<'a>, origin: StatusOrigin) {
        self.begin();
        let start = self.start.take().unwrap_or_default();
        let is_outer = matches!(origin, StatusOrigin::InPool | StatusOrigin::Outer);
        let server_is_gone = self.member.admin_state_up == Some(false) && self.kind != Some(BackendKind::Ip);
        let facts = [
            (WEIGHT, if self.member.weight == Some(0.0) { "0" } else { "" }),
            (ADMIN, if server_is_gone { "false" } else { "" }),
            // A reason that could not be read is a reason all the same.
            (REASON_FIELD, if said.has_reason && said.code.is_none() { "unreadable" } else { "" }),
            (ROLE, self.role.as_deref().unwrap_or_default()),
            (ALGORITHM, self.algorithm.as_deref().unwrap_or_default()),
        ];
        let mut words = Words::maybe(said.status.clone()).operation(self.report.operation()).facts(&facts).at(said.at.clone());
        words.reason.clone_from(&said.code);
        words.expected.clone_from(&said.expected);
        words.observed.clone_from(&said.actual);
        let mut verdict = VOCABULARY.judge(words, &mut self.report.warnings);
        if let Some(cause) = verdict.cause.as_mut().filter(|cause| said.has_outer_reason && cause.certainty == Certainty::Exact) {
            cause.certainty = Certainty::Inferred;
        }
        if origin == StatusOrigin::Outer && verdict.certainty == Certainty::Exact {
            verdict.certainty = Certainty::Inferred;
        }
        if self.has_lost_facts && verdict.traffic == Traffic::Eligible {
            verdict.traffic = Traffic::Unknown;
        }
        if self.has_lost_entries && is_outer && verdict.health.is_well() {
            // An entry that could not be read overrides the outer status, and may say anything.
            verdict.health = BackendHealth::Unknown;
            verdict.cause = None;
            verdict.certainty = Certainty::Ambiguous;
            verdict.traffic = verdict.traffic.narrowed_by(Traffic::Unknown);
        }

        let warnings = &mut self.report.warnings;
        if origin == StatusOrigin::NotBound {
            let path = if listener_id.is_some() { said.at.join("listener_id") } else { said.at.clone() };
            let message = "the context does not name this listener as one that the pool is bound to";
            warnings.push(WarningCode::ListenerNotBound, path, listener_id.clone(), message);
        }
        if server_is_gone {
            let message = "the vendor says that the cloud server behind the backend does not exist";
            warnings.push(WarningCode::BackendMissing, self.at.join(ADMIN), Some("false".into()), message);
        }
        self.report.record(self.place, verdict, start, |record| {
            record.scope = if origin == StatusOrigin::InPool { Scope::Pool } else { Scope::Listener };
            record.listener_id = listener_id;
            complete(record, self.member, self.kind);
            for code in &self.shared {
                record.warn(*code);
            }
        });
    }
}

/// The pool of the member, from the payload where that says it, else from the context.
fn place<'a>(member: &mut Member<'a>, at: MemberAt, context: &Context<'a>, warnings: &mut Warnings<'a>) -> Place<'a> {
    let mut place = Place::new(Scope::Pool);
    let pool_id = member.pool_id.take().map(Id::into_text);
    place.pool_id = prefer_payload(pool_id, context.pool_id.as_ref(), "pool", || at.member().join("pool_id"), warnings);
    let of_pool = only(member.load_balancers.take());
    let load_balancer_id = member.load_balancer_id.take().or(of_pool).map(Id::into_text);
    let path = || at.member().join("loadbalancer_id");
    place.load_balancer_id = prefer_payload(load_balancer_id, context.load_balancer_id.as_ref(), "load balancer", path, warnings);
    place
}

/// Adds what the member is at every place.
fn complete<'a>(record: &mut BackendRecord<'a>, member: &Member<'a>, kind: Option<BackendKind>) {
    let text = |id: &Option<Id<'a>>| id.clone().map(Id::into_text);
    record.backend_id = text(&member.id);
    record.backend_name.clone_from(&member.name);
    record.backend_kind = kind;
    record.instance_id = text(&member.instance_id);
    record.address = text(&member.address);
    record.port = member.port;
    record.zone = text(&member.zone);
    record.weight = member.weight;
}

/// What kind of thing the member is. Replies without the word still tell: only cloud servers have a subnet or an instance.
fn kind<'a>(member: &Member<'a>, at: MemberAt, warnings: &mut Warnings<'a>) -> Option<BackendKind> {
    let Some(word) = &member.member_type else {
        let is_server = member.subnet_id.is_some() || member.instance_id.is_some();
        let is_address = member.address.is_some();
        return if is_server { Some(BackendKind::Instance) } else { is_address.then_some(BackendKind::Ip) };
    };
    VOCABULARY.kind(word.clone(), || at.member().join("member_type"), warnings)
}
