//! Replies of several sweeps together: what is a page of which answer, and which answer stands. Each expectation follows from what the vendors
//! say: lists do not repeat elements, and what is observed later is how it is.

use anyhow::Result;
use lbhealth::{
    BackendHealth, BackendRecord, Certainty, Check, Completeness, Context, HealthReport, Inventory, Policy, Rating, Requirement,
    Summary, VerdictReason, WarningCode,
};
use serde_json::{Value, json};

fn health(adapter: &str, reply: &Value, context: &Context<'_>) -> Result<HealthReport<'static>> {
    Ok(lbhealth::adapter(adapter)?.normalize(reply.to_string().as_bytes(), context)?.into_health()?.into_owned())
}

fn inventory(reply: &Value) -> Result<Inventory<'static>> {
    let alb = lbhealth::adapter("alibaba-alb")?;
    Ok(alb.normalize(reply.to_string().as_bytes(), &Context::default())?.into_inventory()?.into_owned())
}

/// A page of members of Huawei ELB, as `m-1 p-a` or `m-1 p-a OFFLINE`; without a pool, those of the pool of the context.
fn members(members: &[&str], marker: Option<&str>, context: &Context<'_>) -> Result<HealthReport<'static>> {
    let member = |words: &&str| {
        let mut words = words.split(' ');
        let (id, pool, status) = (words.next(), words.next(), words.next().unwrap_or("ONLINE"));
        json!({ "id": id, "address": "10.0.0.1", "protocol_port": 80, "weight": 1, "admin_state_up": true, "operating_status": status,
            "member_type": "instance", "ip_version": "v4", "pool_id": pool, "loadbalancer_id": pool.map(|_| "lb") })
    };
    let members: Vec<Value> = members.iter().map(member).collect();
    health("huawei-elb", &json!({ "members": members, "page_info": { "next_marker": marker }, "request_id": "r" }), context)
}

/// What the caller knows of a page of all members, observed in this minute.
fn at(minute: u32) -> Context<'static> {
    let mut context = Context::default();
    context.observed_at = format!("2026-03-01T00:{minute:02}:00Z").parse().ok();
    context
}

/// The same of a page of the members of one pool.
fn of_pool(minute: u32, page_limit: Option<u32>) -> Context<'static> {
    let mut context = at(minute);
    context.pool_id = Some("p-1".into());
    context.operation = Some("ListMembers".into());
    context.page_limit = page_limit;
    context
}

/// Whether all of these backends, or all that are there, are up.
fn all_up(reports: &[HealthReport<'_>], backends: &[&str]) -> Rating {
    let mut check = Check::new();
    check.require = Some(Requirement::All);
    check.selection.backends = backends.iter().map(|id| (*id).to_owned()).collect();
    check.of(reports).verdict
}

/// The targets of a group, which the caller can name, and their states.
fn targets(minute: u32, group: Option<&'static str>, targets: &[(&str, &str)]) -> Result<HealthReport<'static>> {
    let target = |(id, state): &(&str, &str)| json!({ "Target": { "Id": id, "Port": 80 }, "TargetHealth": { "State": state } });
    let targets: Vec<Value> = targets.iter().map(target).collect();
    let mut context = at(minute);
    context.pool_id = group.map(Into::into);
    health("aws-elbv2", &json!({ "TargetHealthDescriptions": targets }), &context)
}

#[test]
fn a_group_that_has_nobody_is_not_all_up_beside_one_that_is() -> Result<()> {
    let blue = || targets(1, Some("tg-blue"), &[("i-1", "healthy"), ("i-2", "healthy")]);
    assert_eq!(all_up(&[blue()?], &[]), Rating::Ok);
    let both = [blue()?, targets(1, Some("tg-green"), &[])?];
    let mut named = Check::new();
    named.require = Some(Requirement::All);
    named.selection.pools = ["tg-blue", "tg-green"].map(str::to_owned).to_vec();
    let result = named.of(&both);
    assert_eq!((result.verdict, &*result.demands[0].message), (Rating::Unknown, "all 2 up; the pool tg-green has no backends"));
    assert_eq!(all_up(&both, &[]), Rating::Ok, "fleets have groups that nobody uses");
    assert_eq!(all_up(&both, &["i-1"]), Rating::Ok, "it is up wherever it is registered");
    let at = |listener: &str, servers: u32| {
        let group = json!({ "ServerGroupId": format!("sgp-{listener}"), "HealthCheckEnabled": "on", "ServerCount": servers,
            "NonNormalServers": [] });
        let reply = json!({ "ListenerHealthStatus": [{ "ListenerId": listener, "ServerGroupInfos": [group] }] });
        health("alibaba-alb", &reply, &Context::default())
    };
    let listeners = [at("lsn-1", 3)?, at("lsn-2", 0)?];
    assert_eq!(all_up(&listeners, &[]), Rating::Ok);
    let mut of_listeners = Check::new();
    of_listeners.require = Some(Requirement::All);
    of_listeners.selection.listeners = ["lsn-1", "lsn-2"].map(str::to_owned).to_vec();
    let result = of_listeners.of(&listeners);
    assert_eq!((result.verdict, &*result.demands[0].message), (Rating::Unknown, "all 3 up; the listener lsn-2 has no backends"));
    let unnamed = [targets(1, None, &[("i-1", "healthy")])?, targets(1, None, &[])?];
    assert_eq!(all_up(&unnamed, &[]), Rating::Unknown);
    let failing = [targets(1, Some("tg-blue"), &[("i-1", "unhealthy")])?, targets(1, Some("tg-green"), &[])?];
    assert_eq!(named.of(&failing).verdict, Rating::Critical, "one that fails is the graver");
    Ok(())
}

/// What halves of the backends in service is, by these replies.
fn halves(reports: &[HealthReport<'_>]) -> Rating {
    Check::new().of(reports).verdict
}

#[test]
fn a_reply_about_something_else_changes_nothing() -> Result<()> {
    let poll = |minute, state| targets(minute, Some("tg"), &[("i-1", state)]);
    let member = json!({ "member": { "id": "m-1", "member_type": "ip", "address": "10.0.0.1", "operating_status": "ONLINE" } });
    let mut context = Context::default();
    context.pool_id = Some("p".into());
    let mut other = health("huawei-elb", &member, &context)?;
    // The later poll was given first, and a reply without a time is of another pool.
    let polls = [poll(2, "unhealthy")?, poll(1, "healthy")?, other.clone()];
    assert_eq!((halves(&polls), all_up(&polls, &["i-1"])), (Rating::Critical, Rating::Critical));
    let polls = [other.clone(), poll(2, "healthy")?, poll(1, "unhealthy")?];
    assert_eq!((halves(&polls), all_up(&polls, &["i-1"])), (Rating::Ok, Rating::Ok));
    // One of the same pool without a time leaves all of them in the order in which they were given.
    other = targets(0, Some("tg"), &[("i-1", "unhealthy")])?;
    other.observed_at = None;
    assert_eq!(halves(&[poll(2, "unhealthy")?, poll(1, "healthy")?, other.clone()]), Rating::Critical);
    assert_eq!(halves(&[poll(2, "unhealthy")?, other, poll(1, "healthy")?]), Rating::Ok);

    // Two lists of one pool without a server in common, and one without any, beside a pool that is well all the time.
    let gateway = |minute, servers: &[&str]| {
        let backends = |name: &str, servers: &[&str]| {
            let servers: Vec<Value> = servers.iter().map(|ip| json!({ "address": ip, "health": "Up" })).collect();
            json!({ "backendAddressPool": { "id": format!("/gw/backendAddressPools/{name}") },
                "backendHttpSettingsCollection": [{ "backendHttpSettings": { "id": "/gw/backendHttpSettingsCollection/web" },
                    "servers": servers }] })
        };
        let reply = json!({ "backendAddressPools": [backends("shop", servers), backends("other", &["10.0.1.1"])] });
        health("azure-application-gateway", &reply, &at(minute))
    };
    let emptied = [gateway(1, &["10.0.0.1"])?, gateway(2, &["10.0.0.2"])?, gateway(3, &[])?];
    assert_eq!((halves(&emptied), all_up(&emptied, &[])), (Rating::Unknown, Rating::Unknown));
    assert_eq!(halves(&emptied[..2]), Rating::Ok, "everybody is up, whichever list is of which pool");
    Ok(())
}

#[test]
fn who_is_at_no_place_of_a_later_list_of_a_pool_is_not_known_to_be_up() -> Result<()> {
    let list = |minute, members: &[(&str, Option<&str>)]| {
        let member = |(id, status): &(&str, Option<&str>)| {
            let entries = status.map(|status| json!([{ "listener_id": "lsn-1", "operating_status": status }]));
            json!({ "id": id, "member_type": "instance", "address": "10.0.0.1", "protocol_port": 80, "weight": 1,
                "operating_status": status.unwrap_or("ONLINE"), "status": entries })
        };
        let members: Vec<Value> = members.iter().map(member).collect();
        health("huawei-elb", &json!({ "members": members, "page_info": {} }), &of_pool(minute, Some(100)))
    };
    let polls = [list(1, &[("m-1", None), ("m-2", None)])?, list(2, &[("m-1", Some("OFFLINE"))])?];
    assert_eq!(polls[1].completeness, Completeness::Complete);
    assert_eq!((all_up(&polls, &["m-2"]), all_up(&polls, &["m-1"])), (Rating::Unknown, Rating::Critical));
    let mut any = Check::new();
    any.policy = Some("any-eligible".parse()?);
    assert_eq!(any.of(&polls).verdict, Rating::Unknown, "neither is known to be eligible");
    let polls = [list(1, &[("m-1", None), ("m-2", None)])?, list(2, &[("m-1", Some("ONLINE")), ("m-2", Some("ONLINE"))])?];
    assert_eq!((any.of(&polls).verdict, all_up(&polls, &["m-2"])), (Rating::Ok, Rating::Ok));
    Ok(())
}

#[test]
fn who_is_not_named_and_not_well_may_be_the_one_that_is_asked_about() -> Result<()> {
    let first = targets(1, Some("tg-1"), &[("i-1", "healthy")])?;
    let nameless = |state: &str| {
        let mut context = at(1);
        context.pool_id = Some("tg-2".into());
        let target = json!({ "Target": { "Id": {}, "Port": 80 }, "TargetHealth": { "State": state } });
        health("aws-elbv2", &json!({ "TargetHealthDescriptions": [target] }), &context)
    };
    assert_eq!(all_up(&[first.clone(), nameless("unhealthy")?], &["i-1"]), Rating::Unknown);
    assert_eq!(all_up(&[first.clone(), nameless("healthy")?], &["i-1"]), Rating::Ok);
    let later = targets(2, Some("tg-2"), &[("i-2", "healthy"), ("i-3", "healthy")])?;
    let mut earlier = nameless("unhealthy")?;
    earlier.records.extend(targets(1, Some("tg-2"), &[("i-2", "healthy")])?.records);
    assert_eq!(all_up(&[first.clone(), earlier, later], &["i-1"]), Rating::Ok, "a later list took its place");
    let mut in_first = Check::new();
    in_first.require = Some(Requirement::All);
    in_first.selection.backends = vec!["i-1".to_owned()];
    in_first.selection.pools = vec!["tg-1".to_owned()];
    assert_eq!(in_first.of(&[first, nameless("unhealthy")?]).verdict, Rating::Ok, "it is in another pool");

    let group = |servers: Value| {
        let first = json!({ "ServerGroupId": "sgp-1", "HealthCheckEnabled": "off", "ServerCount": 1,
            "NonNormalServers": [{ "ServerId": "i-1", "Port": 80, "Status": "Unavailable" }] });
        let other = json!({ "ServerGroupId": "sgp-2", "HealthCheckEnabled": "on", "ServerCount": 3, "NonNormalServers": servers });
        json!({ "ListenerHealthStatus": [{ "ListenerId": "lsn-1", "ServerGroupInfos": [first, other] }] })
    };
    let verdict = |servers: Value, name: &str| -> Result<Rating> {
        Ok(all_up(&[health("alibaba-alb", &group(servers), &Context::default())?], &[name]))
    };
    assert_eq!(verdict(json!([]), "i-1")?, Rating::Warning, "nobody checks it, and the others are well");
    assert_eq!(verdict(Value::Null, "i-1")?, Rating::Unknown, "it may be one of three of which nothing is known");
    Ok(())
}

#[test]
fn who_is_not_on_the_latest_list_of_a_group_is_not_known_to_be_up() -> Result<()> {
    let group = Some("tg");
    let emptied = [targets(1, group, &[("i-1", "healthy")])?, targets(2, group, &[("i-2", "healthy")])?, targets(3, group, &[])?];
    assert_eq!(all_up(&emptied, &[]), Rating::Unknown);
    assert_eq!(all_up(&emptied, &["i-1"]), Rating::Unknown);
    let turned_over = [targets(1, group, &[("i-1", "healthy")])?, targets(2, group, &[("i-3", "healthy")])?];
    assert_eq!(all_up(&turned_over, &["i-1"]), Rating::Unknown, "the later list, if it is of that group, does not have it");
    assert_eq!(all_up(&turned_over, &["i-3"]), Rating::Ok);
    let instances = |ids: &[&str]| {
        let states: Vec<Value> = ids.iter().map(|id| json!({ "InstanceId": id, "State": "InService" })).collect();
        let mut context = Context::default();
        context.load_balancer_id = Some("lb".into());
        health("aws-elb-classic", &json!({ "InstanceStates": states }), &context)
    };
    assert_eq!(all_up(&[instances(&["i-1"])?, instances(&["i-2"])?], &["i-1"]), Rating::Unknown, "it has one list");
    assert_eq!(all_up(&[instances(&["i-1", "i-2"])?, instances(&["i-2", "i-3"])?], &["i-2"]), Rating::Ok);
    // Nor is it where a list changed between two of its pages: it was there.
    let page = |ids: [u32; 2], links: Value| {
        let member = |id| {
            json!({ "id": format!("m-{id}"), "address": format!("10.0.0.{id}"), "protocol_port": 80,
            "operating_status": "ONLINE", "weight": 1, "admin_state_up": true })
        };
        let mut context = Context::default();
        context.pool_id = Some("p".into());
        health("openstack-octavia", &json!({ "members": ids.map(member), "members_links": links }), &context)
    };
    let next = json!([{ "rel": "next", "href": "https://octavia.example/members?marker=m-2" }]);
    let mut of_one = Check::new();
    of_one.require = Some(Requirement::All);
    of_one.selection.backends = vec!["m-1".to_owned()];
    let result = of_one.of(&[page([1, 2], next)?, page([2, 3], json!([]))?]);
    let said = result.demands.iter().find(|demand| demand.demand == "selection").map(|demand| &*demand.message);
    assert_eq!((result.verdict, said), (Rating::Unknown, Some("backend m-1 not in the latest of the reports")));
    // Nor is it known to be gone: the lists can be of two groups.
    let mut gone = Check::new();
    gone.require = Some(Requirement::Gone);
    gone.selection.backends = vec!["i-1".to_owned()];
    assert_eq!(gone.of(&turned_over).verdict, Rating::Critical);
    let unnamed = [targets(1, None, &[("i-1", "healthy")])?, targets(2, None, &[("i-3", "healthy")])?];
    assert_eq!(all_up(&unnamed, &["i-1"]), Rating::Ok, "replies that name no group are about several");
    Ok(())
}

#[test]
fn what_is_called_by_its_address_may_be_on_a_further_page_once_more() -> Result<()> {
    let mut page = members(&["m-1 p-a"], None, &at(1))?;
    page.completeness = Completeness::Undetermined;
    let page = [page];
    assert_eq!(all_up(&page, &["10.0.0.1"]), Rating::Unknown);
    assert_eq!(all_up(&page, &["10.0.0.1:80"]), Rating::Unknown, "it can be in another pool, too");
    assert_eq!(all_up(&page, &["m-1"]), Rating::Ok, "there is one of this id");
    // The id of an endpoint can be its address, which can be listed once per port.
    for (field, address) in [("ipAddress", "10.0.0.7"), ("fqdn", "api.example.com")] {
        let endpoint = json!({ "networkEndpoint": { field: address, "port": 80 }, "healths": [{ "healthState": "HEALTHY" }] });
        let list = json!({ "kind": "compute#networkEndpointGroupsListNetworkEndpoints", "items": [endpoint], "warning": { "code": "NEW_CODE" } });
        let mut context = at(1);
        context.pool_id = Some("neg".into());
        let list = [health("gcp-backend-service", &list, &context)?];
        assert_eq!(list[0].completeness, Completeness::Undetermined);
        assert_eq!(all_up(&list, &[address]), Rating::Unknown);
        assert_eq!(all_up(&list, &[&format!("{address}:80")]), Rating::Ok, "of a group of one");
    }
    Ok(())
}

/// A reply of Alibaba ALB: the failing servers of a pool of three at a listener, and of one at a rule.
fn listener(at_listener: Option<&[&str]>, at_rule: Option<&[&str]>, token: Option<&str>) -> Result<HealthReport<'static>> {
    let group = |pool: &str, failing: &[&str]| {
        let failing: Vec<Value> = failing.iter().map(|id| json!({ "ServerId": id, "Port": 80, "Status": "Unhealthy" })).collect();
        json!([{ "ServerGroupId": pool, "ServerCount": 3, "HealthCheckEnabled": "on", "ActionType": "ForwardGroup",
            "NonNormalServers": failing }])
    };
    let listeners: Vec<Value> =
        at_listener.iter().map(|failing| json!({ "ListenerId": "lsn-1", "ServerGroupInfos": group("sgp-a", failing) })).collect();
    let rules: Vec<Value> =
        at_rule.iter().map(|failing| json!({ "RuleId": "rule-1", "ServerGroupInfos": group("sgp-b", failing) })).collect();
    let reply = json!({ "ListenerHealthStatus": listeners, "RuleHealthStatus": rules, "RequestId": "r", "NextToken": token.unwrap_or_default() });
    health("alibaba-alb", &reply, &Context::default())
}

/// A page of servers of Alibaba ALB, as `i-1 sgp-a`.
fn servers(servers: &[&str], count: Option<u32>, token: &str) -> Result<Inventory<'static>> {
    let server = |words: &&str| {
        let (id, pool) = words.split_once(' ').unwrap_or((words, "sgp-a"));
        json!({ "ServerGroupId": pool, "ServerId": id, "Port": 80, "Status": "Available", "Weight": 100 })
    };
    let servers: Vec<Value> = servers.iter().map(server).collect();
    inventory(&json!({ "Servers": servers, "TotalCount": count, "NextToken": token, "RequestId": "s" }))
}

fn verdict(reports: &[HealthReport<'_>], policy: &str) -> Result<Rating> {
    Ok(Summary::of(reports, policy.parse()?).verdict)
}

fn requires(reports: &[HealthReport<'_>], requirement: &str, backend: &str) -> Result<Rating> {
    let mut check = Check::new();
    check.require = Some(requirement.parse::<Requirement>()?);
    check.selection.backends.push(backend.to_owned());
    Ok(check.of(reports).verdict)
}

/// The ids of the backends of each report.
fn ids(reports: &[HealthReport<'_>]) -> Vec<Vec<String>> {
    let id = |record: &BackendRecord<'_>| record.backend_id.as_deref().map(str::to_owned);
    reports.iter().map(|report| report.records.iter().filter_map(id).collect()).collect()
}

#[test]
fn a_later_sweep_of_all_members_is_no_page_of_the_one_before() -> Result<()> {
    let (first, last) = (members(&["m-1 p-a", "m-2 p-b"], Some("m-2"), &at(0))?, members(&["m-3 p-c", "m-4 p-c"], None, &at(1))?);
    let later = members(&["m-1 p-a", "m-2 p-b", "m-3 p-c OFFLINE", "m-4 p-c OFFLINE"], None, &at(9))?;
    assert_eq!(verdict(std::slice::from_ref(&later), "quorum:50%")?, Rating::Critical);
    for reports in [vec![first.clone(), last.clone(), later.clone()], vec![first, later.clone()], vec![last, later]] {
        let joined = HealthReport::join_pages(reports.clone());
        assert_eq!(verdict(&joined, "quorum:50%")?, Rating::Critical);
        assert_eq!(verdict(&reports, "quorum:50%")?, Rating::Critical, "not joined");
    }
    Ok(())
}

/// Every page of Huawei ELB has a marker, so nobody knows whether the first sweep was whole.
#[test]
fn whoever_fails_on_a_page_of_its_own_is_not_lost_in_the_next_sweep() -> Result<()> {
    // The first page is of one pool and the second of another, so that nobody knows whether they are of one list.
    let sweep = |minute: u32| -> Result<Vec<HealthReport<'static>>> {
        let pages = [["m-1 p-b OFFLINE", "m-2 p-b OFFLINE"], ["m-3 p-a", "m-4 p-a"], ["m-5 p-a", "m-6 p-b"]];
        pages.iter().zip(minute..).map(|(page, minute)| members(page, Some(page[1]), &at(minute))).collect()
    };
    let sweeps = [sweep(0)?, sweep(10)?].concat();
    assert_eq!(requires(&sweeps, "all", "m-1")?, Rating::Critical);
    let joined = HealthReport::join_pages(sweeps);
    assert_eq!((verdict(&joined, "worst")?, verdict(&joined, "halves")?), (Rating::Critical, Rating::Unknown));
    Ok(())
}

#[test]
fn one_page_that_is_missing_leaves_only_its_own_sweep_open() -> Result<()> {
    let timed = |minute: u32, failing: &[&str], token: Option<&str>| {
        let mut report = listener(Some(failing), None, token)?;
        report.observed_at = at(minute).observed_at;
        Ok::<_, anyhow::Error>(report)
    };
    let sweeps = [timed(0, &["i-1", "i-2"], Some("t"))?, timed(1, &["i-2"], None)?, timed(2, &["i-2"], None)?];
    let joined = HealthReport::join_pages(sweeps);
    assert_eq!(verdict(&joined, "halves")?, Rating::Warning);
    assert_eq!(requires(&joined, "60%", "i-3")?, Rating::Unknown, "the vendor does not list it");
    Ok(())
}

#[test]
fn a_member_that_the_later_sweep_has_not_is_not_up() -> Result<()> {
    let before = members(&["m-1", "m-2", "m-3"], Some("m-3"), &of_pool(0, None))?;
    for later in [&["m-1"][..], &["m-3"], &["m-2", "m-4"]] {
        let later = members(later, later.last().copied(), &of_pool(9, None))?;
        let joined = HealthReport::join_pages([before.clone(), later]);
        assert_eq!(joined.len(), 2);
        assert_eq!(verdict(&joined, "quorum:3")?, Rating::Unknown);
        assert_eq!(
            requires(&joined, "all", "m-2").map(|rating| rating == Rating::Ok)?,
            ids(&joined)[1].contains(&"m-2".to_owned())
        );
        assert_ne!(requires(&joined, "gone", "m-2")?, Rating::Ok);
    }
    let all_of_it = members(&["m-1", "m-2", "m-3"], None, &of_pool(9, None))?;
    assert_eq!(verdict(&HealthReport::join_pages([before, all_of_it]), "quorum:3")?, Rating::Ok);
    Ok(())
}

/// An element came before those of the first page, so that its last is the first of the second.
#[test]
fn what_fails_on_the_first_page_fails_still_where_the_list_shifts() -> Result<()> {
    let first = members(&["m-1 p-a OFFLINE", "m-2 p-a"], Some("m-2"), &at(0))?;
    let last = members(&["m-2 p-a", "m-3 p-a"], None, &at(1))?;
    let joined = HealthReport::join_pages([first, last]);
    for policy in ["halves", "worst", "quorum:1", "quorum:3", "quorum:50%", "any-eligible"] {
        assert!(matches!(verdict(&joined, policy)?, Rating::Unknown | Rating::Critical), "{policy}");
    }
    assert_eq!(Summary::of(&joined, "quorum:1".parse()?).pools.first().map(|pool| pool.reason), Some(VerdictReason::NotToldApart));
    // Of those that are left out where they are well, too.
    let joined =
        HealthReport::join_pages([listener(Some(&["i-1", "i-2"]), None, Some("t"))?, listener(Some(&["i-2"]), Some(&[]), None)?]);
    assert_eq!(Summary::of(&joined, Policy::Halves).counts.health.unhealthy_count, 2);
    Ok(())
}

#[test]
fn an_answer_of_which_a_page_is_missing_does_not_take_a_later_answer_for_it() -> Result<()> {
    let (first, last) = (listener(Some(&[]), None, Some("t"))?, listener(None, Some(&[]), None)?);
    let later = listener(Some(&[]), Some(&["i-1", "i-2"]), None)?;
    let joined = HealthReport::join_pages([first, last, later]);
    assert_eq!(verdict(&joined, "halves")?, Rating::Critical);
    Ok(())
}

#[test]
fn a_list_over_several_pools_goes_on_with_a_pool_of_its_own() -> Result<()> {
    let limited = |minute| {
        let mut context = at(minute);
        context.page_limit = Some(3);
        context
    };
    let first = members(&["m-1 p-a", "m-2 p-a", "m-3 p-b"], Some("m-3"), &limited(0))?;
    let last = members(&["m-4 p-c"], Some("m-4"), &limited(1))?;
    let joined = HealthReport::join_pages([first.clone(), last.clone()]);
    assert_eq!((joined.len(), joined[0].completeness), (1, Completeness::Complete));
    assert_eq!(verdict(&joined, "quorum:50%")?, Rating::Ok);
    // Another answer about that pool came between.
    let mut of_third = of_pool(0, None);
    of_third.pool_id = Some("p-c".into());
    let between = members(&["m-4"], None, &of_third)?;
    assert_eq!(HealthReport::join_pages([first.clone(), between, last.clone()]).len(), 3);
    // Another region has other load balancers.
    let mut elsewhere = last;
    elsewhere.records.iter_mut().for_each(|record| record.load_balancer_id = Some("lb-2".into()));
    assert_eq!(HealthReport::join_pages([first, elsewhere]).len(), 2);
    // Both may have been asked for by their pool.
    let full = members(&["m-1 p-a", "m-2 p-a", "m-3 p-a"], Some("m-3"), &limited(0))?;
    let other = members(&["m-4 p-b"], None, &limited(1))?;
    assert_eq!(verdict(&HealthReport::join_pages([full, other]), "quorum:50%")?, Rating::Unknown);
    Ok(())
}

#[test]
fn of_two_whole_lists_of_one_pool_the_later_is_merged() -> Result<()> {
    let before = members(&["m-1", "m-2", "m-3"], Some("m-3"), &of_pool(0, Some(100)))?;
    let later = members(&["m-1"], Some("m-1"), &of_pool(9, Some(100)))?;
    for order in [[&before, &later], [&later, &before]] {
        let merged = HealthReport::merge_latest(order.map(Clone::clone))?;
        assert_eq!(ids(std::slice::from_ref(&merged)), [["m-1"]]);
        assert_eq!(merged.completeness, Completeness::Complete);
    }
    // Pages are merged in any order, and so is what fails according to a list of those that fail.
    let (first, last) =
        (members(&["m-1", "m-2"], Some("m-2"), &of_pool(0, Some(2)))?, members(&["m-3"], Some("m-3"), &of_pool(1, Some(2)))?);
    for order in [[&first, &last], [&last, &first]] {
        let merged = HealthReport::merge_latest(order.map(Clone::clone))?;
        assert_eq!((merged.records.len(), merged.completeness), (3, Completeness::Complete));
    }
    let merged = HealthReport::merge_latest([listener(Some(&["i-1"]), None, None)?, listener(Some(&["i-2"]), None, None)?])?;
    assert_eq!(ids(&[merged]), [["i-1", "i-2"]]);
    Ok(())
}

#[test]
fn whoever_was_well_by_absence_and_is_no_member_any_more_is_not_known_to_be_well() -> Result<()> {
    let completed = lbhealth::complete(listener(Some(&[]), None, None)?, &servers(&["i-1", "i-2", "i-3"], Some(3), "")?);
    assert!(
        completed.records.iter().all(|record| (record.health, record.certainty) == (BackendHealth::Healthy, Certainty::Inferred))
    );
    let merged = HealthReport::merge_latest([completed, listener(Some(&[]), None, None)?])?;
    let again = lbhealth::complete(merged, &servers(&["i-1", "i-2"], Some(2), "")?);
    let third = again.records.iter().find(|record| record.backend_id.as_deref() == Some("i-3"));
    let said = third.map(|record| (record.health, record.traffic.as_str(), record.warnings.clone()));
    let warnings = vec![WarningCode::NotInInventory, WarningCode::NotConclusive];
    assert_eq!(said, Some((BackendHealth::Unknown, "UNKNOWN", warnings)));
    Ok(())
}

#[test]
fn a_server_that_two_replies_list_is_listed_once() -> Result<()> {
    let reply = listener(Some(&["i-1", "i-2"]), None, None)?;
    let merged = HealthReport::merge([reply.clone(), reply])?;
    assert_eq!((merged.pools[0].listed_count, merged.pools[0].healthy_count), (Some(2), Some(1)));
    let completed = lbhealth::complete(merged, &servers(&["i-1", "i-2", "i-3"], Some(3), "")?);
    assert_eq!(completed.records.last().map(|record| record.health), Some(BackendHealth::Healthy));
    // What only an inventory named is on no list.
    let again = HealthReport::merge([completed.clone(), completed])?;
    assert_eq!(again.pools[0].listed_count, Some(2));
    Ok(())
}

#[test]
fn lists_of_members_that_add_up_to_what_each_counts_are_one() -> Result<()> {
    let pages = |count| -> Result<[Inventory<'static>; 2]> {
        Ok([
            servers(&["i-1 sgp-a", "i-2 sgp-a", "i-3 sgp-a"], count, "t")?,
            servers(&["i-4 sgp-b", "i-5 sgp-b", "i-6 sgp-b"], count, "")?,
        ])
    };
    let [first, last] = pages(Some(6))?;
    for order in [[&first, &last], [&last, &first]] {
        let merged = Inventory::merge(order.map(Clone::clone))?;
        assert_eq!((merged.completeness, merged.member_count, merged.warnings.len()), (Completeness::Complete, Some(6), 0));
        let completed = lbhealth::complete(listener(Some(&[]), Some(&[]), None)?, &merged);
        assert!(completed.records.iter().all(|record| record.health == BackendHealth::Healthy));
        assert_eq!(completed.records.len(), 6);
    }
    // A page is missing, or the two are of lists of their own.
    for count in [None, Some(5), Some(7), Some(3)] {
        assert_eq!(Inventory::merge(pages(count)?)?.completeness, Completeness::Incomplete, "{count:?}");
    }
    let other = servers(&["i-4 sgp-b", "i-5 sgp-b", "i-6 sgp-b"], Some(7), "")?;
    assert_eq!(Inventory::merge([first, other])?.completeness, Completeness::Incomplete);
    Ok(())
}
