//! From the payload to the document.

use std::borrow::Cow;

use lbhealth_core::wire::{self, Id, List, Text, Value, Wire};
use lbhealth_core::{
    BackendHealth, BackendRecord, Completeness, Context, Coverage, Document, Error, HealthCheck, HealthCheckReport, HostDefault,
    Label, Place, Pointer, PoolSummary, ReportBuilder, Scope, StatusCodes, Traffic, TrafficReason, WarningCode, Warnings, Words,
    prefer_payload,
};

use crate::vocabulary::{ACTION, CHECK, HOST_PLACEHOLDERS, HTTP, HTTP_VERSIONS, METHODS, PROTOCOLS, REQUEST, VOCABULARY};
use crate::wire::{GetHealthCheckTemplateAttribute, GetListenerHealthStatus, Reason, ServerGroupHealth, ServerHealth, Tag};
use crate::{HEALTH, ID, TEMPLATE};

const LISTENERS: Templates = Templates {
    holder: "/ListenerHealthStatus/#",
    group: "/ListenerHealthStatus/#/ServerGroupInfos/#",
    server: "/ListenerHealthStatus/#/ServerGroupInfos/#/NonNormalServers/#",
};
const RULES: Templates = Templates {
    holder: "/RuleHealthStatus/#",
    group: "/RuleHealthStatus/#/ServerGroupInfos/#",
    server: "/RuleHealthStatus/#/ServerGroupInfos/#/NonNormalServers/#",
};

/// Where things stand: listeners and rules hold pools in the same way.
struct Templates {
    holder: &'static str,
    group: &'static str,
    server: &'static str,
}

/// Turns a reply of `GetListenerHealthStatus` into a health report.
pub(crate) fn health<'a>(payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply: GetListenerHealthStatus<'a> = wire::read(payload)?;
    let mut report = ReportBuilder::new(ID, HEALTH, Coverage::NonHealthyOnly, context)
        .request_id(reply.request_id.take().map(Id::into_text))
        .page(completeness(&reply), reply.next_token.take().map(Id::into_text));
    report.warnings.unread(&reply, &Pointer::ROOT);
    report.warnings.missing_list(&reply, "ListenerHealthStatus", reply.listeners.as_ref(), &Pointer::ROOT);

    // Rules do not say which listener they belong to; where the reply is about one listener, it is that one.
    let mut of_rules = Place::new(Scope::Rule);
    of_rules.load_balancer_id.clone_from(&context.load_balancer_id);
    of_rules.listener_id.clone_from(&context.listener_id);
    let only_one = reply.listeners.as_ref().is_some_and(|listeners| listeners.len() == 1);

    for (index, mut listener) in reply.listeners.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at(LISTENERS.holder, [index]);
        report.warnings.unread(&listener, &at);
        let mut place = Place::new(Scope::Listener);
        place.load_balancer_id.clone_from(&context.load_balancer_id);
        let listener_id = listener.listener_id.take().map(Id::into_text);
        let path = || at.join("ListenerId");
        place.listener_id = prefer_payload(listener_id, context.listener_id.as_ref(), "listener", path, &mut report.warnings);
        place.listener_port = listener.listener_port.filter(|port| *port != 0);
        place.listener_protocol = listener.listener_protocol.take().map(upper);
        if only_one {
            of_rules = place.clone();
            of_rules.scope = Scope::Rule;
        }
        report.warnings.missing_list(&listener, "ServerGroupInfos", listener.groups.as_ref(), &at);
        pools(listener.groups, place, &LISTENERS, index, &mut report);
    }
    for (index, mut rule) in reply.rules.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at(RULES.holder, [index]);
        report.warnings.unread(&rule, &at);
        let mut place = of_rules.clone();
        place.rule_id = rule.rule_id.take().map(Id::into_text);
        report.warnings.missing_list(&rule, "ServerGroupInfos", rule.groups.as_ref(), &at);
        pools(rule.groups, place, &RULES, index, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Whether the reply holds everything: no further page, nothing unreadable, and every list that holds pools.
fn completeness(reply: &GetListenerHealthStatus<'_>) -> Completeness {
    let has_groups = |groups: Option<&List<'_, ServerGroupHealth<'_>>>| groups.is_some();
    let listeners = reply.listeners.iter().flat_map(List::iter).all(|(_, listener)| has_groups(listener.groups.as_ref()));
    let rules = reply.rules.iter().flat_map(List::iter).all(|(_, rule)| has_groups(rule.groups.as_ref()));
    // A token of the wrong kind is still a sign of another page.
    let last_page = reply.next_token.is_none() && !reply.is_unreadable("NextToken");
    if last_page && !reply.reading().has_lost_elements() && reply.listeners.is_some() && listeners && rules {
        Completeness::Complete
    } else {
        Completeness::Incomplete
    }
}

fn pools<'a>(
    groups: Option<List<'a, ServerGroupHealth<'a>>>,
    mut place: Place<'a>,
    templates: &Templates,
    holder: u32,
    report: &mut ReportBuilder<'a>,
) {
    for (index, mut group) in groups.into_iter().flat_map(List::into_iter_indexed) {
        place.pool_id = group.group_id.take().map(Id::into_text);
        pool(group, &place, templates, [holder, index], report);
    }
}

/// Adds the records of one pool, and its summary.
fn pool<'a>(
    group: ServerGroupHealth<'a>,
    place: &Place<'a>,
    templates: &Templates,
    [holder, index]: [u32; 2],
    report: &mut ReportBuilder<'a>,
) {
    let at = Pointer::at(templates.group, [holder, index]);
    report.warnings.unread(&group, &at);
    let enabled = check_enabled(&group, &at, &mut report.warnings);
    let unknown_action = group.action.as_ref().filter(|action| !VOCABULARY.knows_traffic(Some(HEALTH), ACTION, action));
    let action_is_known = unknown_action.is_none();
    if let Some(action) = unknown_action {
        let message = format!("`{}` is not an action that this version knows", action.trim());
        report.warnings.push(WarningCode::UnrecognizedValue, at.join("ActionType"), Some(action.clone()), message);
    }
    report.warnings.missing_list(&group, "NonNormalServers", group.servers.as_ref(), &at);

    let mut pool = PoolSummary::new(place, at.clone());
    pool.check_enabled = enabled;
    pool.server_count = group.server_count;
    pool.listed_count = group.servers.as_ref().map(|servers| u32::try_from(servers.len()).unwrap_or(u32::MAX));

    let facts: Vec<(&str, &str)> = [(ACTION, group.action.as_deref()), (CHECK, group.check_enabled.as_deref())]
        .into_iter()
        .filter_map(|(field, word)| Some((field, word?)))
        .collect();
    let first = report.len();
    for (number, element) in group.servers.into_iter().flat_map(List::into_iter_indexed) {
        server(element, place, &facts, Pointer::at(templates.server, [holder, index, number]), report);
    }

    let complete = report.completeness() == Completeness::Complete;
    let records = report.records_from(first);
    pool.unlisted_health = Some(match (enabled, pool.listed_count) {
        (Some(false), _) => BackendHealth::Unmonitored,
        // Only servers that are not plainly normal are listed, unless one in the list says otherwise.
        (Some(true), Some(_)) if complete && records.iter().all(|record| record.health != BackendHealth::Healthy) => {
            BackendHealth::Healthy
        }
        _ => BackendHealth::Unknown,
    });
    // One server that is listed twice would be counted twice.
    let distinct = records.iter().all(|record| !record.warnings.contains(&WarningCode::DuplicateRecord));
    if distinct && pool.count(records.iter().map(|record| record.health)).is_err() {
        if enabled != Some(false) {
            pool.unlisted_health = Some(BackendHealth::Unknown);
        }
        let message = "the pool's list has more servers than its count says, so no counts are given";
        let value = pool.server_count.map(|count| Cow::Owned(count.to_string()));
        report.warnings.push(WarningCode::CountContradictsList, at.join("ServerCount"), value, message);
    }
    let records = report.records_from(first);
    let all_fail = pool.unhealthy_count.is_some_and(|count| count > 0 && pool.server_count == Some(count));
    if complete && enabled == Some(true) && action_is_known && all_fail {
        fail_open(records);
    }
    report.pool(pool);
}

/// Where every server of a pool fails, the load balancer forwards to all of them. Copies stay copies.
fn fail_open(records: &mut [BackendRecord<'_>]) {
    for record in records.iter_mut().filter(|record| record.traffic == Traffic::Excluded) {
        record.traffic = Traffic::Eligible;
        record.traffic_reason = Some(TrafficReason::FailOpen);
    }
}

fn check_enabled<'a>(group: &ServerGroupHealth<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> Option<bool> {
    let word = group.check_enabled.as_ref()?;
    let enabled = VOCABULARY.check_enabled(Some(HEALTH), CHECK, word);
    if enabled.is_none() {
        let message = format!("`{}` is neither `on` nor `off`, so it is not known whether the pool is checked", word.trim());
        warnings.push(WarningCode::UnrecognizedValue, at.join("HealthCheckEnabled"), Some(word.clone()), message);
    }
    enabled
}

fn server<'a>(
    mut server: ServerHealth<'a>,
    place: &Place<'a>,
    facts: &[(&str, &str)],
    at: Pointer,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(&server, &at);
    let reason: Reason<'a> = server.reason.take().unwrap_or_default();
    report.warnings.unread(&reason, &at.join("Reason"));

    let mut words = Words::maybe(server.status).operation(HEALTH).facts(facts).at(at);
    words.reason = reason.code;
    words.expected = reason.expected;
    words.observed = reason.actual;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);

    let mut record = BackendRecord::new(place);
    record.backend_id = server.server_id.map(Id::into_text);
    record.address = server.server_ip.map(Id::into_text);
    record.port = server.port.filter(|port| *port != 0);
    report.record(record, verdict, start);
}

/// Turns a reply of `GetHealthCheckTemplateAttribute` into a health check report.
pub(crate) fn template<'a>(payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut template: GetHealthCheckTemplateAttribute<'a> = wire::read(payload)?;
    let mut warnings = Warnings::new();
    warnings.unread(&template, &Pointer::ROOT);
    let request_id = template.request_id.take().map(Id::into_text);
    let check = Template { at: Pointer::ROOT, warnings: &mut warnings, protocol: None }.read(template);
    let mut report = HealthCheckReport::new(ID, TEMPLATE, context, vec![check], warnings);
    report.request_id = request_id;
    Ok(Document::HealthChecks(report))
}

/// Reads one configuration, whose protocol decides which of its settings mean anything.
struct Template<'a, 's> {
    at: Pointer,
    warnings: &'s mut Warnings<'a>,
    /// The protocol, where it is one that is known.
    protocol: Option<&'static str>,
}

impl<'a> Template<'a, '_> {
    fn read(mut self, template: GetHealthCheckTemplateAttribute<'a>) -> HealthCheck<'a> {
        let mut check = HealthCheck::new(self.at.clone());
        check.template = true;
        check.id = template.id.map(Id::into_text);
        check.name = template.name.map(Id::into_text);
        check.port = template.port.filter(|port| *port != 0);
        check.protocol = template.protocol.map(|protocol| self.known_word(protocol, PROTOCOLS, "HealthCheckProtocol"));
        self.protocol = check.protocol.as_deref().and_then(|word| PROTOCOLS.iter().find(|known| **known == word).copied());
        check.host = template.host.and_then(|host| self.host(host, &mut check.host_default));
        if check.host.is_none() && self.is_for(HTTP) {
            check.host_default = Some(HostDefault::BackendAddress);
        }
        check.path = template.path.and_then(|path| self.applicable(path.into_text(), REQUEST, "HealthCheckPath"));
        let method = template.method.and_then(|method| self.applicable(method.into_text(), REQUEST, "HealthCheckMethod"));
        check.method = method.map(|method| self.known_word(method.into(), METHODS, "HealthCheckMethod"));
        let version =
            template.http_version.and_then(|version| self.applicable(version.into_text(), HTTP, "HealthCheckHttpVersion"));
        check.http_version = version.and_then(|version| self.http_version(version));
        check.evidence.expected = template.codes.and_then(|codes| lbhealth_core::joined(codes.into_values().collect()));
        let codes = check.evidence.expected.clone().and_then(|codes| self.applicable(codes, REQUEST, "HealthCheckCodes"));
        check.expected = codes.and_then(|codes| self.codes(codes, check.protocol.as_deref()));
        let seconds = |seconds: u32| u64::from(seconds) * 1000;
        check.interval_ms = template.interval.map(|value| seconds(self.in_range(value, 1, 50, "HealthCheckInterval")));
        check.timeout_ms = template.timeout.map(|value| seconds(self.in_range(value, 1, 300, "HealthCheckTimeout")));
        check.healthy_threshold = template.healthy_threshold.map(|value| self.in_range(value, 2, 10, "HealthyThreshold"));
        check.unhealthy_threshold = template.unhealthy_threshold.map(|value| self.in_range(value, 2, 10, "UnhealthyThreshold"));
        check.labels = template.tags.into_iter().flat_map(List::into_iter_indexed).filter_map(|tag| self.label(tag)).collect();
        check.resource_group_id = template.resource_group_id.map(Id::into_text);
        check
    }

    /// Whether the protocol is known and one of these.
    fn is_for(&self, protocols: &[&str]) -> bool {
        self.protocol.is_some_and(|protocol| protocols.contains(&protocol))
    }

    /// The value, unless the protocol is known and the vendor does not apply the setting to it.
    fn applicable(&mut self, value: Text<'a>, protocols: &[&str], field: &str) -> Option<Text<'a>> {
        let Some(protocol) = self.protocol.filter(|protocol| !protocols.contains(protocol)) else {
            return Some(value);
        };
        let message = format!("`{field}` means nothing for a {protocol} check and was left out");
        self.warnings.push(WarningCode::FieldNotApplicable, self.at.join(field), Some(value), message);
        None
    }

    /// The word in upper case; one that is not known is kept.
    fn known_word(&mut self, word: Id<'a>, known: &[&str], field: &str) -> Text<'a> {
        let value = word.clone();
        let word = upper(word);
        if !known.contains(&&*word) {
            self.unrecognized(value.into_text(), &known.join(", "), field);
        }
        word
    }

    /// A real name; a placeholder or an address stands for the server's own address.
    fn host(&mut self, host: Id<'a>, default: &mut Option<HostDefault>) -> Option<Text<'a>> {
        if HOST_PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(&host)) {
            if self.protocol.is_none() {
                *default = Some(HostDefault::BackendAddress);
            }
            return None;
        }
        let host = self.applicable(host.into_text(), HTTP, "HealthCheckHost")?;
        if host.parse::<std::net::IpAddr>().is_ok() {
            *default = Some(HostDefault::BackendAddress);
            let message = "with an address as the name, the load balancer asks each server by its own address".to_owned();
            self.warnings.push(WarningCode::FieldNotApplicable, self.at.join("HealthCheckHost"), Some(host), message);
            return None;
        }
        Some(host)
    }

    fn http_version(&mut self, version: Text<'a>) -> Option<Text<'a>> {
        let compact: String = version.chars().filter(|character| !character.is_whitespace()).collect();
        let known = HTTP_VERSIONS.iter().find(|(word, _)| word.eq_ignore_ascii_case(&compact));
        if known.is_none() {
            self.unrecognized(version, "HTTP1.0, HTTP1.1", "HealthCheckHttpVersion");
        }
        known.map(|(_, ours)| Cow::Borrowed(*ours))
    }

    fn codes(&mut self, codes: Text<'a>, protocol: Option<&str>) -> Option<StatusCodes> {
        let read = StatusCodes::parse(&codes, protocol);
        if let Err(error) = &read {
            let path = self.at.join("HealthCheckCodes");
            self.warnings.push(WarningCode::UnreadableStatusCodes, path, Some(codes), error.to_string());
        }
        read.ok()
    }

    fn in_range(&mut self, value: u32, least: u32, most: u32, field: &str) -> u32 {
        if !(least..=most).contains(&value) {
            let message = format!("`{field}` is {value} where the vendor documents {least} to {most}; it is kept");
            let value = Some(Cow::Owned(value.to_string()));
            self.warnings.push(WarningCode::ValueOutOfRange, self.at.join(field), value, message);
        }
        value
    }

    fn label(&mut self, (index, tag): (u32, Tag<'a>)) -> Option<Label<'a>> {
        let at = self.at.join(&format!("Tags/{index}"));
        self.warnings.unread(&tag, &at);
        let Some(key) = tag.key else {
            self.warnings.push(WarningCode::ElementSkipped, at, None, "a label without a name was left out");
            return None;
        };
        Some(Label::new(key.into_text(), tag.value.unwrap_or_default()))
    }

    fn unrecognized(&mut self, value: Text<'a>, known: &str, field: &str) {
        let message = format!("`{}` is not among the words that this version knows here: {known}", value.trim());
        self.warnings.push(WarningCode::UnrecognizedValue, self.at.join(field), Some(value), message);
    }
}

fn upper(word: Id<'_>) -> Text<'_> {
    if word.bytes().any(|byte| byte.is_ascii_lowercase()) { Cow::Owned(word.to_ascii_uppercase()) } else { word.into_text() }
}
