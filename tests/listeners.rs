//! Gates that are asked of a listener: what is not told to be elsewhere may be there. The expected values follow from docs/roll-up.md.

use anyhow::Result;
use lbhealth::{BoundListener, Check, CheckResult, Context, HealthReport, Rating};
use lbhealth_tests::report::{pool, record, report, with};
use serde_json::{Value, json};

fn check(listeners: &[&str]) -> Check {
    let mut check = Check::new();
    check.selection.listeners = listeners.iter().map(|id| (*id).to_owned()).collect();
    check
}

/// What every demand that more backends cannot help says.
fn verdicts(listeners: &[&str], reports: &[HealthReport<'_>]) -> Result<Vec<Rating>> {
    let demands = [(None, None), (Some("worst"), None), (None, Some("all")), (None, Some("80%"))];
    let asked = demands.into_iter().map(|(policy, require)| {
        let mut check = check(listeners);
        check.policy = policy.map(str::parse).transpose()?;
        check.require = require.map(str::parse).transpose()?;
        Ok(check.of(reports).verdict)
    });
    asked.collect()
}

fn said(result: &CheckResult) -> (Rating, &str) {
    (result.verdict, result.demands.first().map_or("", |demand| &demand.message))
}

/// A member: the outer status, and that at each listener that has an entry.
type Member<'m> = (&'m str, &'m [(&'m str, &'m str)]);

/// Members of one pool that is not named.
fn members(members: &[Member<'_>], context: &Context<'static>) -> Result<HealthReport<'static>> {
    let member = |(number, (outer, entries)): (usize, &Member<'_>)| {
        let entries: Vec<Value> =
            entries.iter().map(|(id, status)| json!({ "listener_id": id, "operating_status": status })).collect();
        json!({ "id": format!("m-{number}"), "address": format!("10.0.0.{number}"), "protocol_port": 80, "weight": 1,
            "admin_state_up": true, "member_type": "instance", "operating_status": outer, "status": entries })
    };
    let reply = json!({ "members": members.iter().enumerate().map(member).collect::<Vec<_>>(), "request_id": "r" }).to_string();
    Ok(lbhealth::adapter("huawei-elb")?.normalize(reply.as_bytes(), context)?.into_owned().into_health()?)
}

/// A record of the pool that no listener is told of.
fn in_pool(pool: &str, backend: &str, health: &str, traffic: &str) -> Value {
    let place = json!({ "scope": "POOL", "listener_id": null, "pool_key": format!("vendor-lb|POOL||{pool}"),
        "record_key": format!("vendor-lb|POOL||{pool}|{backend}|80") });
    with(record("l", pool, backend, health, traffic), place)
}

#[test]
fn a_member_without_an_entry_has_its_outer_status_at_a_listener_of_its_pool() -> Result<()> {
    let well: Member<'_> = ("ONLINE", &[("l1", "ONLINE")]);
    let mut bound = Context::default();
    bound.bound_listeners = vec![BoundListener::new(None, "l1".into())];
    for (others, verdict) in [("OFFLINE", Rating::Critical), ("ONLINE", Rating::Ok)] {
        let list = [well, (others, &[]), (others, &[]), (others, &[])];
        for context in [&Context::default(), &bound] {
            let reports = [members(&list, context)?];
            assert_eq!(verdicts(&["l1"], &reports)?, [verdict; 4], "{others}");
            assert_eq!(check(&["l1"]).of(&reports).counts.backend_count, Some(4));
        }
    }
    Ok(())
}

#[test]
fn a_member_with_entries_of_other_listeners_alone_may_be_otherwise_at_this_one() -> Result<()> {
    let well: Member<'_> = ("ONLINE", &[("l1", "ONLINE"), ("l2", "ONLINE")]);
    for (outer, entry, verdict) in
        [("OFFLINE", "OFFLINE", Rating::Unknown), ("OFFLINE", "ONLINE", Rating::Unknown), ("ONLINE", "ONLINE", Rating::Ok)]
    {
        let reports = [members(&[well, (outer, &[("l2", entry)])], &Context::default())?];
        assert_eq!(verdicts(&["l1"], &reports)?, [verdict; 4], "{outer} {entry}");
        let mut check = check(&["l1"]);
        check.require = Some("gone".parse()?);
        check.selection.backends = vec!["m-1".to_owned()];
        assert_eq!(check.of(&reports).verdict, Rating::Unknown, "it is in the pool");
    }
    // The entry of a listener is its verdict, whatever the outer status is of.
    let reports = [members(&[well, ("OFFLINE", &[("l1", "ONLINE")])], &Context::default())?];
    assert_eq!(verdicts(&["l1"], &reports)?, [Rating::Ok; 4]);
    assert_eq!(check(&["l1", "l2"]).of(&reports).verdict, Rating::Warning);
    Ok(())
}

#[test]
fn a_member_that_is_told_elsewhere_need_not_have_that_status_here() -> Result<()> {
    let both: Member<'_> = ("ONLINE", &[("l1", "ONLINE"), ("l2", "ONLINE")]);
    let neither: Member<'_> = ("OFFLINE", &[("l1", "OFFLINE"), ("l2", "OFFLINE")]);
    // What it is outside, it may be at `l2`.
    let open: Member<'_> = ("ONLINE", &[("l1", "OFFLINE")]);
    for (other, policy, require, verdict) in [
        (both, None, Some("2"), Rating::Unknown),
        (neither, Some("any-eligible"), None, Rating::Unknown),
        (neither, None, Some("1"), Rating::Unknown),
        (neither, None, Some("2"), Rating::Critical),
    ] {
        let mut check = check(&["l2"]);
        check.policy = policy.map(str::parse).transpose()?;
        check.require = require.map(str::parse).transpose()?;
        let reports = [members(&[other, open], &Context::default())?];
        assert_eq!(check.of(&reports).verdict, verdict, "{policy:?} {require:?}");
    }
    Ok(())
}

#[test]
fn a_pool_of_which_no_listener_is_told_may_be_at_any() -> Result<()> {
    let at_listener = report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?;
    let failing = report("ALL", "COMPLETE", &[], &[in_pool("q", "b-2", "UNHEALTHY", "EXCLUDED")])?;
    let reports = [at_listener.clone(), failing.clone()];
    assert_eq!(verdicts(&["l"], &reports)?, [Rating::Unknown; 4]);
    let result = check(&["l"]).of(&reports);
    let message = "OK without what may be at another listener, CRITICAL with it; `--pool ID` or `lbhealth normalize --bound-listener POOL=ID` would tell; pool q: \
                   fewer than half of those in service are up, FLAGGED ones counted; 0 of 1 in service up, 1 down";
    assert_eq!(said(&result), (Rating::Unknown, message));
    assert_eq!(result.demands[0].deciding_records[0].backend_id.as_deref(), Some("b-2"));
    // Where all of them agree, it does not matter.
    let well = report("ALL", "COMPLETE", &[], &[in_pool("q", "b-2", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(verdicts(&["l"], &[at_listener.clone(), well])?, [Rating::Ok; 4]);
    let ill = report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED")])?;
    assert_eq!(verdicts(&["l"], &[ill, failing.clone()])?, [Rating::Critical; 4]);
    // It is not the pool that is asked about, or of a vendor that does not have the listener.
    let mut of_pool = check(&["l"]);
    of_pool.selection.pools = vec!["p".to_owned()];
    assert_eq!(of_pool.of(&reports).verdict, Rating::Ok);
    let mut elsewhere = failing;
    elsewhere.adapter = "other-lb".into();
    assert_eq!(verdicts(&["l"], &[at_listener.clone(), elsewhere])?, [Rating::Ok; 4]);
    // Nothing at all is told of where it is.
    let lost = report("ALL", "INCOMPLETE", &[], &[])?;
    assert_eq!(verdicts(&["l"], &[at_listener, lost])?, [Rating::Unknown; 4]);
    Ok(())
}

#[test]
fn what_a_later_report_says_at_the_listener_stands() -> Result<()> {
    let well = |id: &str| record("l", "p", id, "HEALTHY", "ELIGIBLE");
    let whole = report("ALL", "COMPLETE", &[], &[well("b-1"), well("b-2")])?;
    let mixed = report("ALL", "COMPLETE", &[], &[well("b-1"), in_pool("p", "b-2", "UNHEALTHY", "EXCLUDED")])?;
    assert_eq!(verdicts(&["l"], &[mixed.clone(), whole.clone()])?, [Rating::Ok; 4]);
    assert_eq!(check(&["l"]).of(&[whole, mixed]).verdict, Rating::Warning);
    Ok(())
}

/// A reply about these listeners, with a rule whose servers all fail.
fn rules(listeners: &[&str], rest: &Value) -> Result<HealthReport<'static>> {
    let group = |id: &str, servers: Value| json!({ "ServerGroupId": id, "HealthCheckEnabled": "on", "ActionType": "ForwardGroup", "ServerCount": 2, "NonNormalServers": servers });
    let listener = |(number, id): (usize, &&str)| json!({ "ListenerId": id, "ServerGroupInfos": [group(&format!("sgp-{number}"), json!([]))] });
    let server = |id: &str| json!({ "ServerId": id, "Port": 80, "Status": "Unhealthy" });
    let reply = json!({ "RequestId": "R",
        "ListenerHealthStatus": listeners.iter().enumerate().map(listener).collect::<Vec<_>>(),
        "RuleHealthStatus": [{ "RuleId": "rule-1", "ServerGroupInfos": [group("sgp-9", json!([server("i-1"), server("i-2")]))] }] });
    let reply = with(reply, rest.clone()).to_string();
    Ok(lbhealth::adapter("alibaba-alb")?.normalize(reply.as_bytes(), &Context::default())?.into_owned().into_health()?)
}

#[test]
fn a_rule_is_at_the_only_listener_and_may_be_at_any_of_two() -> Result<()> {
    let nothing = json!({});
    assert_eq!(verdicts(&["lsn-1"], &[rules(&["lsn-1"], &nothing)?])?, [Rating::Critical; 4]);
    assert_eq!(verdicts(&["lsn-1"], &[rules(&["lsn-1", "lsn-1"], &nothing)?])?, [Rating::Critical; 4]);
    let two = [rules(&["lsn-1", "lsn-2"], &nothing)?];
    for listener in ["lsn-1", "lsn-2"] {
        assert_eq!(verdicts(&[listener], &two)?, [Rating::Unknown; 4], "{listener}");
    }
    let message = check(&["lsn-1"]).of(&two).demands[0].message.clone();
    assert!(message.contains("`--pool ID` or a call for each listener would tell"), "{message}");
    // Whoever is not named in a pool that may be at the listener may be there.
    let at_rule =
        with(pool("l", "q", 3, 1, "HEALTHY"), json!({ "scope": "RULE", "listener_id": null, "pool_key": "vendor-lb|RULE||q" }));
    let empty = pool("l", "p", 0, 0, "HEALTHY");
    let mut gone = check(&["l"]);
    gone.require = Some("gone".parse()?);
    gone.selection.backends = vec!["b-9".to_owned()];
    assert_eq!(gone.of(&[report("NON_HEALTHY_ONLY", "COMPLETE", &[empty, at_rule], &[])?]).verdict, Rating::Unknown);
    Ok(())
}

#[test]
fn a_pending_page_about_a_listener_can_have_further_pools_of_it() -> Result<()> {
    let off = json!({ "NextToken": "t", "RuleHealthStatus": null, "ListenerHealthStatus": [{ "ListenerId": "lsn-1", "ServerGroupInfos": [
        { "ServerGroupId": "sgp-1", "HealthCheckEnabled": "off", "ActionType": "ForwardGroup", "ServerCount": 1,
            "NonNormalServers": [{ "ServerId": "i-1", "Port": 80, "Status": "Unavailable" }] }] }] });
    let reports = [rules(&[], &off)?];
    let mut check = check(&["lsn-1"]);
    check.policy = Some("any-eligible".parse()?);
    let message = "a report that is not complete can lack whole pools; 1 of 1 in service up; in 1 pool";
    assert_eq!(said(&check.of(&reports)), (Rating::Unknown, message));
    check.selection.pools = vec!["sgp-1".to_owned()];
    assert_eq!(check.of(&reports).verdict, Rating::Ok, "this pool is there");
    Ok(())
}

#[test]
fn of_those_that_nobody_can_judge_on_a_page_a_pending_one_is_the_reason() -> Result<()> {
    let page = rules(&["lsn-1"], &json!({ "NextToken": "t", "RuleHealthStatus": null }))?;
    let result = Check::new().of(&[page]);
    let message = "pool sgp-0: more than half of those in service are UNDECIDED: a further page is pending; 0 of 2 in service up, 2 undecided";
    assert_eq!(said(&result), (Rating::Unknown, message));
    Ok(())
}

#[test]
fn what_is_at_another_load_balancer_is_at_no_listener_of_this() -> Result<()> {
    let of = |record: Value, load_balancer: Option<&str>| with(record, json!({ "load_balancer_id": load_balancer }));
    let verdict = |at_listener: Option<&str>, failing: Option<&str>| -> Result<Rating> {
        let well = of(record("l", "p", "b-1", "HEALTHY", "ELIGIBLE"), at_listener);
        let failing = of(in_pool("q", "b-2", "UNHEALTHY", "EXCLUDED"), failing);
        Ok(check(&["l"]).of(&[report("ALL", "COMPLETE", &[], &[well, failing])?]).verdict)
    };
    assert_eq!(verdict(Some("lb-1"), Some("lb-2"))?, Rating::Ok);
    for (at_listener, failing) in [(Some("lb-1"), Some("lb-1")), (Some("lb-1"), None), (None, Some("lb-2")), (None, None)] {
        assert_eq!(verdict(at_listener, failing)?, Rating::Unknown, "{at_listener:?} {failing:?}");
    }
    Ok(())
}

#[test]
fn a_place_is_there_where_just_the_backend_is_missing() -> Result<()> {
    let reports = [report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?];
    let mut check = check(&["l"]);
    check.selection.pools = vec!["p".to_owned()];
    check.selection.backends = vec!["b-2".to_owned()];
    check.require = Some("all".parse()?);
    let result = check.of(&reports);
    let missing = result.demands.iter().find(|demand| demand.demand == "selection").map(|demand| &*demand.message);
    assert_eq!(missing, Some("backend b-2 not registered"));
    Ok(())
}
