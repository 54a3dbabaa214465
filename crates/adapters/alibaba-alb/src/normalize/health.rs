//! `GetListenerHealthStatus`.

use std::borrow::Cow;
use std::collections::HashSet;

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{
    BackendRecord, Completeness, Context, Coverage, Document, Error, HealthReport, Operation, Place, Pointer, PoolSummary,
    ReportBuilder, Scope, Traffic, TrafficReason, WarningCode, Words,
};

use crate::ID;
use crate::vocabulary::{ACTION, CHECK, VOCABULARY};
use crate::wire::{GetListenerHealthStatus, ListenerHealth, Reason, ServerGroupHealth, ServerHealth};

const LISTENERS: Places = Places {
    holder: "/ListenerHealthStatus/#",
    group: "/ListenerHealthStatus/#/ServerGroupInfos/#",
    server: "/ListenerHealthStatus/#/ServerGroupInfos/#/NonNormalServers/#",
};
const RULES: Places = Places {
    holder: "/RuleHealthStatus/#",
    group: "/RuleHealthStatus/#/ServerGroupInfos/#",
    server: "/RuleHealthStatus/#/ServerGroupInfos/#/NonNormalServers/#",
};

/// Where things stand: listeners and rules hold pools in the same way.
struct Places {
    holder: &'static str,
    group: &'static str,
    server: &'static str,
}

/// Turns a reply of `GetListenerHealthStatus` into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = GetListenerHealthStatus::default();
    wire::read(payload, &mut reply)?;
    let (pool_count, server_count) = sizes(&reply);
    // A reply in which a listener or a rule has no list of pools does not hold everything either.
    let has_lists = reply.listeners.is_some() && groups(&reply).all(|groups| groups.is_some());
    let (completeness, next_page) = wire::page(&reply, has_lists, &[("NextToken", reply.next_token.as_ref())]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::NonHealthyOnly, context);
    report.request_id(reply.request_id.take().map(Id::into_text)).page(completeness, next_page).room_for(pool_count, server_count);
    if let (None, None, Some(list)) = (&reply.listeners, &reply.rules, unreadable_list(&reply)) {
        return Err(Error::unexpected_shape(Pointer::ROOT.join(list), "a list", "something else"));
    }
    report.warnings.unread(&reply, &Pointer::ROOT);
    report.warnings.missing_list(&reply, "ListenerHealthStatus", reply.listeners.as_ref(), &Pointer::ROOT);

    // Rules do not say which listener they belong to; where the reply names exactly one, it is that one.
    let mut of_rules = Place::new(Scope::Rule);
    of_rules.load_balancer_id.clone_from(&context.load_balancer_id);
    of_rules.listener_id.clone_from(&context.listener_id);
    let only_one = reply.listeners.as_ref().is_some_and(is_one_listener);

    for (index, listener) in reply.listeners.iter_mut().flat_map(List::iter_mut) {
        let at = Pointer::at(LISTENERS.holder, [index]);
        report.warnings.unread(listener, &at);
        let (id, protocol) = (listener.listener_id.take(), listener.listener_protocol.take());
        let place = lbhealth_alibaba::listener(id, listener.listener_port, protocol, &at, context, &mut report.warnings);
        if only_one {
            of_rules = place.clone();
            of_rules.scope = Scope::Rule;
        }
        report.warnings.missing_list(listener, "ServerGroupInfos", listener.groups.as_ref(), &at);
        pools(listener.groups.as_mut(), place, &LISTENERS, index, &mut report);
    }
    for (index, rule) in reply.rules.iter_mut().flat_map(List::iter_mut) {
        let at = Pointer::at(RULES.holder, [index]);
        report.warnings.unread(rule, &at);
        let mut place = of_rules.clone();
        place.rule_id = rule.rule_id.take().map(Id::into_text);
        report.warnings.missing_list(rule, "ServerGroupInfos", rule.groups.as_ref(), &at);
        pools(rule.groups.as_mut(), place, &RULES, index, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Where every server of a pool that is checked fails, the load balancer forwards to all of them. Copies stay copies, and what an action
/// that is not known makes of the traffic is not known.
pub(crate) fn conclude(report: &mut HealthReport<'_>) {
    let HealthReport { pools, records, completeness, .. } = report;
    let fails_open = |pool: &&PoolSummary<'_>| {
        let all_fail = pool.unhealthy_count.is_some_and(|count| count > 0 && pool.backend_count() == Some(count));
        all_fail && pool.check_enabled == Some(true) && pool.unlisted_traffic.is_none()
    };
    let open: HashSet<&str> = pools.iter().filter(fails_open).map(|pool| &*pool.pool_key).collect();
    if open.is_empty() || *completeness != Completeness::Complete {
        return;
    }
    let concerned = |record: &&mut BackendRecord<'_>| {
        record.traffic == Traffic::Excluded && record.weight != Some(0.0) && open.contains(&*record.pool_key)
    };
    for record in records.iter_mut().filter(concerned) {
        record.traffic = Traffic::Eligible;
        record.traffic_reason = Some(TrafficReason::FailOpen);
    }
}

/// Whether the list is about one listener. Where pages were joined it stands there several times.
fn is_one_listener(listeners: &List<'_, ListenerHealth<'_>>) -> bool {
    let mut ids = listeners.iter().map(|(_, listener)| listener.listener_id.as_ref().filter(|id| !id.is_empty()));
    let first = ids.next().flatten();
    // One that could not be read, or has no id, may be another.
    listeners.len() == 1 || (listeners.len() == listeners.iter().count() && first.is_some() && ids.all(|id| id == first))
}

fn unreadable_list(reply: &GetListenerHealthStatus<'_>) -> Option<&'static str> {
    ["ListenerHealthStatus", "RuleHealthStatus"].into_iter().find(|list| reply.is_unreadable(list))
}

/// The pools of every listener and every rule; none where their list is missing.
fn groups<'r, 'a>(reply: &'r GetListenerHealthStatus<'a>) -> impl Iterator<Item = Option<&'r List<'a, ServerGroupHealth<'a>>>> {
    let of_listeners = reply.listeners.iter().flat_map(List::iter).map(|(_, listener)| listener.groups.as_ref());
    let of_rules = reply.rules.iter().flat_map(List::iter).map(|(_, rule)| rule.groups.as_ref());
    of_listeners.chain(of_rules)
}

/// How many pools the reply has, and how many servers in them.
fn sizes(reply: &GetListenerHealthStatus<'_>) -> (usize, usize) {
    groups(reply).flatten().fold((0, 0), |(pools, servers), groups| {
        let listed = groups.iter().filter_map(|(_, group)| group.servers.as_ref()).map(List::len).sum::<usize>();
        (pools + groups.len(), servers + listed)
    })
}

fn pools<'a>(
    groups: Option<&mut List<'a, ServerGroupHealth<'a>>>,
    mut place: Place<'a>,
    places: &Places,
    holder: u32,
    report: &mut ReportBuilder<'a>,
) {
    for (index, group) in groups.into_iter().flat_map(List::iter_mut) {
        place.pool_id = group.group_id.take().map(Id::into_text);
        pool(group, &place, places, [holder, index], report);
    }
}

/// Adds the records of one pool, and its summary.
fn pool<'a>(
    group: &mut ServerGroupHealth<'a>,
    place: &Place<'a>,
    places: &Places,
    [holder, index]: [u32; 2],
    report: &mut ReportBuilder<'a>,
) {
    let at = Pointer::at(places.group, [holder, index]);
    report.warnings.unread(group, &at);
    let operation = report.operation();
    let enabled = group
        .check_enabled
        .clone()
        .and_then(|word| VOCABULARY.is_checked(operation, CHECK, word, || at.join("HealthCheckEnabled"), &mut report.warnings));
    // What cannot be read is not known either.
    let action_is_unreadable = group.is_unreadable("ActionType");
    if let Some(action) = &group.action {
        VOCABULARY.knows_traffic(operation, ACTION, action.clone(), || at.join("ActionType"), &mut report.warnings);
    }
    report.warnings.missing_list(group, "NonNormalServers", group.servers.as_ref(), &at);

    let action = group.action.as_deref().or_else(|| action_is_unreadable.then_some("unreadable"));
    let mut pool = PoolSummary::new(place, at.clone());
    pool.check_enabled = enabled;
    pool.server_count = group.server_count;
    pool.unlisted_traffic = action.and_then(|action| VOCABULARY.traffic_of(report.operation(), ACTION, action));
    pool.listed_count = group.servers.as_ref().map(List::count);

    let facts = [(ACTION, action.unwrap_or_default()), (CHECK, group.check_enabled.as_deref().unwrap_or_default())];
    let first = report.len();
    for (number, element) in group.servers.iter_mut().flat_map(List::iter_mut) {
        server(element, place, &facts, Pointer::at(places.server, [holder, index, number]), report);
    }

    report.conclude(&mut pool, first);
    if pool.count_records(report.records_from(first)).is_err() {
        let message = "the pool's list has more servers than its count says, so no counts are given";
        let value = pool.server_count.map(|count| Cow::Owned(count.to_string()));
        report.warnings.push(WarningCode::CountContradictsList, at.join("ServerCount"), value, message);
    }
    report.pool(pool, first);
}

fn server<'a>(
    server: &mut ServerHealth<'a>,
    place: &Place<'a>,
    facts: &[(&str, &str)],
    at: Pointer,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(server, &at);
    let reason: Reason<'a> = server.reason.take().unwrap_or_default();
    report.warnings.unread_in(&reason, &at, "Reason");

    let mut words = Words::maybe(server.status.take()).operation(report.operation()).facts(facts).at(at);
    words.reason = reason.code;
    words.expected = reason.expected;
    words.observed = reason.actual;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);

    report.record(place, verdict, start, |record| {
        record.backend_id = server.server_id.take().map(Id::into_text);
        record.address = server.server_ip.take().map(Id::into_text);
        record.port = server.port;
    });
}
