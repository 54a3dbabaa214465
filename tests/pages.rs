//! Pages, inventories, and replies with very many elements.

use anyhow::{Context as _, Result};
use lbhealth::{
    BackendHealth, Completeness, Context, Error, ErrorKind, HealthReport, Inventory, Traffic, TrafficReason, WarningCode,
};

fn alibaba(payload: &str) -> Result<HealthReport<'_>, Error> {
    lbhealth::adapter("alibaba-alb")?.normalize(payload.as_bytes(), &Context::default())?.into_health()
}

fn page(servers: &[(&str, &str)], token: &str) -> String {
    let servers: Vec<String> =
        servers.iter().map(|(id, status)| format!(r#"{{"ServerId":"{id}","Port":80,"Status":"{status}"}}"#)).collect();
    format!(
        r#"{{"ListenerHealthStatus":[{{"ListenerId":"lsn-1","ServerGroupInfos":[{{"ServerGroupId":"sgp-1","ServerCount":4,
        "HealthCheckEnabled":"on","ActionType":"ForwardGroup","NonNormalServers":[{}]}}]}}],"RequestId":"r-{token}","NextToken":"{token}"}}"#,
        servers.join(",")
    )
}

#[test]
fn pages_of_one_answer_make_a_whole_in_any_order() -> Result<()> {
    let (first, last) = (page(&[("i-1", "Unhealthy")], "next"), page(&[("i-2", "Initial")], ""));
    assert_eq!(alibaba(&first)?.pools[0].unlisted_health, Some(BackendHealth::Unknown), "a page proves nothing by absence");
    for pages in [[&first, &last], [&last, &first]] {
        let merged = HealthReport::merge(pages.map(|payload| alibaba(payload)).into_iter().collect::<Result<Vec<_>, _>>()?)?;
        assert_eq!((merged.completeness, &merged.next_page), (Completeness::Complete, &None));
        assert_eq!((merged.records.len(), merged.pools.len(), merged.sources.len()), (2, 1, 2));
        assert_eq!(merged.records[1].evidence.source, Some(1));
        let pool = &merged.pools[0];
        assert_eq!((pool.listed_count, pool.unlisted_count, pool.healthy_count), (Some(2), Some(2), Some(2)));
    }
    Ok(())
}

/// Two sweeps of one answer in two pages: all failed in the first, and none does in the second.
#[test]
fn what_was_observed_later_stands_in_whatever_order_it_comes() -> Result<()> {
    let observed = |payload: &str, at: &str| -> Result<HealthReport<'static>> {
        let mut report = alibaba(payload)?.into_owned();
        report.observed_at = Some(at.parse()?);
        Ok(report)
    };
    let sweep = |status: &str, at: &str| -> Result<[HealthReport<'static>; 2]> {
        Ok([observed(&page(&[("i-1", status)], "next"), at)?, observed(&page(&[("i-2", status)], ""), at)?])
    };
    let [old_first, old_last] = sweep("Unhealthy", "2026-01-02T08:00:00.000Z")?;
    let [new_first, new_last] = sweep("Initial", "2026-01-02T09:00:00.000Z")?;
    let orders = [
        [&old_first, &old_last, &new_first, &new_last],
        [&new_first, &new_last, &old_first, &old_last],
        [&old_first, &new_first, &old_last, &new_last],
        [&new_first, &old_first, &new_last, &old_last],
    ];
    for order in orders {
        let joined = HealthReport::join_pages(order.map(Clone::clone));
        let healths = |report: &HealthReport<'_>| report.records.iter().map(|record| record.health).collect::<Vec<_>>();
        assert_eq!(joined.len(), 2);
        assert_eq!(healths(&joined[0]), [BackendHealth::Unhealthy; 2], "in the order of the sweeps");
        assert_eq!(healths(&joined[1]), [BackendHealth::Initializing; 2]);
        assert!(joined.iter().all(|report| report.completeness == Completeness::Complete));
        let merged = HealthReport::merge(order.map(Clone::clone))?;
        assert_eq!(healths(&merged), [BackendHealth::Initializing; 2]);
        assert_eq!(merged.observed_at, old_first.observed_at, "since when it is so at least");
    }
    Ok(())
}

/// Nobody says when they were observed, so the order in which they come is all there is. That both listeners use one server group does not
/// make their answers one.
#[test]
fn pages_of_two_answers_that_come_mixed_find_their_own() -> Result<()> {
    for other in ["sgp-2", "sgp-1"] {
        let pages = |listener: &str, pool: &str| [page_of(listener, pool, "i-1", "next"), page_of(listener, pool, "i-2", "")];
        let ([one_first, one_last], [other_first, other_last]) = (pages("lsn-1", "sgp-1"), pages("lsn-2", other));
        let mixed = [&one_first, &other_first, &other_last, &one_last];
        let joined = HealthReport::join_pages(mixed.map(|payload| alibaba(payload)).into_iter().collect::<Result<Vec<_>, _>>()?);
        let seen: Vec<_> = joined.iter().map(|report| (report.completeness, report.records.len(), report.sources.len())).collect();
        assert_eq!(seen, [(Completeness::Complete, 2, 2); 2], "{other}");
    }
    Ok(())
}

/// As where a call is repeated, or two patterns of file names have one in common.
#[test]
fn a_page_that_is_given_twice_is_one_page() -> Result<()> {
    let [first, last] = [page_of("lsn-1", "sgp-1", "i-1", "next"), page_of("lsn-1", "sgp-1", "i-2", "")];
    for order in [[&first, &last, &last], [&first, &first, &last]] {
        let reports = order.into_iter().map(|payload| alibaba(payload)).collect::<Result<Vec<_>, _>>()?;
        let joined = HealthReport::join_pages(reports);
        let seen: Vec<_> = joined.iter().map(|report| (report.completeness, report.records.len(), report.sources.len())).collect();
        assert_eq!(seen, [(Completeness::Complete, 2, 2)]);
    }
    Ok(())
}

/// A page that is as it was is a page of the new answer all the same, where nothing but its place tells.
#[test]
fn a_first_page_that_did_not_change_belongs_to_the_answer_that_follows() -> Result<()> {
    let [first, last] = [page_of("lsn-1", "sgp-1", "i-1", "next"), page_of("lsn-1", "sgp-1", "i-2", "")];
    let later = page_of("lsn-1", "sgp-1", "i-3", "");
    let reports = [&first, &last, &first, &later].map(|payload| alibaba(payload));
    let joined = HealthReport::join_pages(reports.into_iter().collect::<Result<Vec<_>, _>>()?);
    let failing = |report: &HealthReport<'_>| {
        report.records.iter().filter_map(|record| record.backend_id.as_deref().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(joined.iter().map(failing).collect::<Vec<_>>(), [["i-1", "i-2"], ["i-1", "i-3"]]);
    Ok(())
}

/// Of two lists with the same members, one says that there are more, or has lost some.
#[test]
fn a_list_of_members_that_is_not_whole_counts_beside_one_that_is() -> Result<()> {
    let alb = lbhealth::adapter("alibaba-alb")?;
    let list = |more: &str, count: u32| {
        let server = r#"{"ServerGroupId":"sgp-1","ServerId":"i-1","Port":80,"Status":"Available","Weight":100}"#;
        format!(r#"{{"Servers":[{server}{more}],"TotalCount":{count}}}"#)
    };
    let whole = list("", 1);
    for other in [list("", 2), list(",7", 1)] {
        for order in [[&whole, &other], [&other, &whole]] {
            let lists = order.map(|text| alb.normalize(text.as_bytes(), &Context::default())?.into_inventory());
            let merged = Inventory::merge(lists.into_iter().collect::<Result<Vec<_>, Error>>()?)?;
            assert_eq!(merged.completeness, Completeness::Incomplete);
            assert!(
                !merged.warnings.iter().any(|warning| warning.code == WarningCode::NotInInventory),
                "neither disputes the other"
            );
        }
    }
    Ok(())
}

/// Of two lists of members at one listener it is not known whether they are of one pool, unless both name it.
#[test]
fn lists_of_one_pool_are_joined_and_merged_by_their_pool() -> Result<()> {
    let list = |pool: Option<&'static str>, member: &str, marker: &str| -> Result<HealthReport<'static>> {
        let payload = format!(
            r#"{{"members":[{{"id":"{member}","operating_status":"ONLINE","weight":1,"admin_state_up":true,"member_type":"instance",
            "status":[{{"listener_id":"l-1","operating_status":"ONLINE"}}]}}],"page_info":{{"current_count":1{marker}}}}}"#
        );
        let mut context = Context::default();
        (context.pool_id, context.page_limit) = (pool.map(Into::into), Some(1));
        let report = lbhealth::adapter("huawei-elb")?.normalize(payload.as_bytes(), &context)?.into_health()?;
        Ok(report.into_owned())
    };
    let next = r#","next_marker":"m-1""#;
    let pages = |one, other| -> Result<[HealthReport<'static>; 2]> { Ok([list(one, "m-1", next)?, list(other, "m-2", "")?]) };
    for (one, other, is_one) in
        [(Some("p"), Some("p"), true), (None, None, false), (Some("p"), None, false), (Some("p"), Some("q"), false)]
    {
        let pages = pages(one, other)?;
        assert!(pages.iter().all(|page| page.of_one_pool));
        assert_eq!(HealthReport::merge(pages.clone())?.of_one_pool, is_one, "{one:?} {other:?}");
        assert_eq!(HealthReport::join_pages(pages).len() == 1, is_one, "{one:?} {other:?}");
    }
    Ok(())
}

#[test]
fn an_answer_without_its_last_page_stays_incomplete() -> Result<()> {
    let (first, second) = (page(&[("i-1", "Unhealthy")], "two"), page(&[("i-2", "Initial")], "three"));
    let merged = HealthReport::merge([alibaba(&first)?, alibaba(&second)?])?;
    assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("three")));
    assert_eq!(merged.pools[0].unlisted_health, Some(BackendHealth::Unknown));
    Ok(())
}

/// A page of the answer about a listener and its pool, which has one failing server.
fn page_of(listener: &str, pool: &str, failing: &str, token: &str) -> String {
    page(&[(failing, "Unhealthy")], token).replace("lsn-1", listener).replace("sgp-1", pool)
}

#[test]
fn the_answer_of_one_listener_does_not_make_another_whole() -> Result<()> {
    let (first, last) = (page_of("lsn-1", "sgp-1", "i-1", "next"), page_of("lsn-1", "sgp-1", "i-2", ""));
    let other = page_of("lsn-2", "sgp-2", "i-3", "");
    let merged = HealthReport::merge([alibaba(&first)?, alibaba(&other)?])?;
    assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("next")));
    let unlisted: Vec<_> = merged.pools.iter().map(|pool| pool.unlisted_health).collect();
    assert_eq!(unlisted, [Some(BackendHealth::Unknown), Some(BackendHealth::Healthy)], "the other answer is whole");
    for pages in [[&first, &last, &other], [&other, &first, &last], [&first, &other, &last], [&last, &other, &first]] {
        let merged = HealthReport::merge(pages.map(|payload| alibaba(payload)).into_iter().collect::<Result<Vec<_>, _>>()?)?;
        assert_eq!((merged.completeness, &merged.next_page), (Completeness::Complete, &None));
        assert!(merged.pools.iter().all(|pool| pool.unlisted_health == Some(BackendHealth::Healthy)));
    }
    Ok(())
}

#[test]
fn of_several_answers_about_a_pages_listeners_it_is_of_one_that_waits_for_it() -> Result<()> {
    let (first, other) = (page_of("lsn-1", "sgp-1", "i-1", "next"), page_of("lsn-2", "sgp-2", "i-3", ""));
    let listener =
        |page: &str| page.split_once(":[").and_then(|(_, rest)| rest.split_once("],\"RequestId\"")).map(|(it, _)| it.to_owned());
    let both = [page_of("lsn-2", "sgp-2", "i-4", ""), page_of("lsn-1", "sgp-1", "i-2", "")]
        .map(|page| listener(&page).unwrap_or_default());
    let both = format!(r#"{{"ListenerHealthStatus":[{}],"RequestId":"r"}}"#, both.join(","));
    // Nothing random decides.
    for _ in 0..32 {
        let merged = HealthReport::merge([alibaba(&first)?, alibaba(&other)?, alibaba(&both)?])?;
        assert_eq!((merged.completeness, &merged.next_page), (Completeness::Complete, &None));
    }
    Ok(())
}

#[test]
fn a_page_that_names_no_listener_goes_on_from_the_one_before() -> Result<()> {
    let group = r#"{"ServerGroupId":"sgp-1","HealthCheckEnabled":"on","ServerCount":1,"NonNormalServers":[]}"#;
    let rules = format!(
        r#"{{"RuleHealthStatus":[{{"RuleId":"rule-1","ServerGroupInfos":[{group}]}}],"ListenerHealthStatus":[],"RequestId":"r"}}"#
    );
    let (rules, nothing) = (&*rules, r#"{"RuleHealthStatus":[],"ListenerHealthStatus":[],"RequestId":"r"}"#);
    let (first, other) = (page_of("lsn-1", "sgp-1", "i-1", "next"), page_of("lsn-2", "sgp-2", "i-3", ""));
    let merged = HealthReport::merge([alibaba(&first)?, alibaba(rules)?, alibaba(&other)?])?;
    assert_eq!(merged.completeness, Completeness::Complete);
    let merged = HealthReport::merge([alibaba(&first)?, alibaba(&other)?, alibaba(rules)?])?;
    assert_eq!(merged.completeness, Completeness::Incomplete, "it stands behind another answer");
    // One that tells nothing at all can be that of any listener, and a token leads to a page that tells something.
    for pages in [[&*first, nothing], [nothing, &*first]] {
        let merged = HealthReport::merge(pages.map(alibaba).into_iter().collect::<Result<Vec<_>, _>>()?)?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("next")));
    }
    Ok(())
}

#[test]
fn the_members_of_one_pool_do_not_make_those_of_another_whole() -> Result<()> {
    let list = |pool: &str, marker: &str| {
        let payload = format!(
            r#"{{"members":[{{"id":"m-{pool}","ip_version":"v4","operating_status":"ONLINE"}}],"page_info":{{"next_marker":{marker}}}}}"#
        );
        let mut context = Context::default();
        context.pool_id = Some(pool.to_owned().into());
        context.operation = Some("ListMembers".into());
        Ok::<_, Error>(lbhealth::adapter("huawei-elb")?.normalize(payload.as_bytes(), &context)?.into_health()?.into_owned())
    };
    let merged = HealthReport::merge([list("p-1", "\"m\"")?, list("p-2", "null")?])?;
    assert_eq!(merged.completeness, Completeness::Undetermined);
    let merged = HealthReport::merge([list("p-1", "\"m\"")?, list("p-2", "null")?, list("p-1", "null")?])?;
    assert_eq!(merged.completeness, Completeness::Complete);
    Ok(())
}

/// A list of members of OpenStack Octavia.
fn octavia(pool: Option<&'static str>, members: &str, links: &str) -> Result<HealthReport<'static>, Error> {
    let payload = format!(r#"{{"members":[{members}],"members_links":{links}}}"#);
    let mut context = Context::default();
    context.pool_id = pool.map(Into::into);
    Ok(lbhealth::adapter("openstack-octavia")?.normalize(payload.as_bytes(), &context)?.into_health()?.into_owned())
}

/// Octavia's last page has a link back, so nobody who has just that one can take it for the list.
#[test]
fn a_last_page_that_leads_back_is_whole_only_with_all_before_it() -> Result<()> {
    let page = |id: &str, links: &[&str]| {
        let member = format!(
            r#"{{"id":"{id}","address":"192.0.2.10","protocol_port":80,"operating_status":"ONLINE","weight":1,"admin_state_up":true}}"#
        );
        let links: Vec<_> =
            links.iter().map(|rel| format!(r#"{{"rel":"{rel}","href":"https://octavia.example/?marker={id}"}}"#)).collect();
        octavia(Some("p-1"), &member, &format!("[{}]", links.join(",")))
    };
    let (first, middle, last) = (page("m-1", &["next"])?, page("m-2", &["previous", "next"])?, page("m-3", &["previous"])?);
    let whole = [first.clone(), middle.clone(), last.clone()];
    for (pages, completeness) in [
        (vec![last.clone()], Completeness::Incomplete),
        (vec![middle.clone(), last.clone()], Completeness::Incomplete),
        (vec![first.clone(), middle.clone()], Completeness::Incomplete),
        (whole.to_vec(), Completeness::Complete),
        (whole.iter().rev().cloned().collect(), Completeness::Complete),
    ] {
        let merged = HealthReport::merge(pages)?;
        let warned = merged.warnings.iter().any(|warning| warning.code == WarningCode::PageNotFirst);
        assert_eq!((merged.completeness, warned), (completeness, completeness == Completeness::Incomplete));
    }
    Ok(())
}

/// Octavia's last page is empty where the one before it was just full.
#[test]
fn an_empty_last_page_ends_the_list_of_its_pool_and_is_no_pool() -> Result<()> {
    let next = r#"[{"rel":"next","href":"https://octavia.example/v2/lbaas/pools/p-1/members?marker=m-1"}]"#;
    let member =
        r#"{"id":"m-1","address":"192.0.2.10","protocol_port":80,"operating_status":"ONLINE","weight":1,"admin_state_up":true}"#;
    let (full, empty) = (octavia(Some("p-1"), member, next)?, octavia(Some("p-1"), "", "[]")?);
    let elsewhere = octavia(Some("p-2"), "", "[]")?;
    assert_eq!((empty.pools.len(), empty.records.len()), (1, 0));
    let merged = HealthReport::merge([full.clone(), empty.clone()])?;
    assert_eq!((merged.completeness, merged.pools.len(), merged.records.len()), (Completeness::Complete, 0, 1));
    assert_eq!(HealthReport::join_pages([full.clone(), empty.clone()]).len(), 1);
    // The list of another pool is no end of this one's.
    let merged = HealthReport::merge([full, elsewhere.clone()])?;
    assert_eq!((merged.completeness, merged.pools.len(), merged.records.len()), (Completeness::Incomplete, 1, 1));
    let merged = HealthReport::merge([elsewhere, empty])?;
    assert_eq!((merged.completeness, merged.pools.len()), (Completeness::Complete, 2));
    Ok(())
}

/// The members that get connections and the backups that wait for them can stand on different pages.
#[test]
fn a_backup_waits_where_another_page_has_a_member_that_serves() -> Result<()> {
    let list = |pool: Option<&'static str>, members: &[(&str, bool, &str)], rel: &str| {
        let member = |(id, backup, status): &(&str, bool, &str)| {
            format!(
                r#"{{"id":"{id}","protocol_port":80,"weight":1,"backup":{backup},"admin_state_up":true,"operating_status":"{status}"}}"#
            )
        };
        let members = members.iter().map(member).collect::<Vec<_>>().join(",");
        let links = format!(r#"[{{"rel":"{rel}","href":"https://octavia.example/v2/lbaas/pools/p-1/members?marker=m"}}]"#);
        octavia(pool, &members, &links)
    };
    let traffic = |report: &HealthReport<'_>| {
        let mut all: Vec<_> = report.records.iter().map(|record| (record.backend_id.clone(), record.traffic)).collect();
        all.sort_by_key(|(id, _)| id.clone());
        all.into_iter().map(|(_, traffic)| traffic).collect::<Vec<_>>()
    };
    let (backup, serves, fails) = (("b", true, "ONLINE"), ("p", false, "ONLINE"), ("p", false, "ERROR"));
    for (primary, [of_backup, of_primary]) in
        [(serves, [Traffic::Standby, Traffic::Eligible]), (fails, [Traffic::Unknown, Traffic::Excluded])]
    {
        for (first, last) in [(primary, backup), (backup, primary)] {
            let pages = |pool| Ok::<_, Error>([list(pool, &[first], "next")?, list(pool, &[last], "previous")?]);
            for page in pages(Some("p-1"))? {
                assert!(!traffic(&page).contains(&Traffic::Standby), "one page alone does not tell");
            }
            let [one, other] = pages(Some("p-1"))?;
            for merged in [lbhealth::merge([one.clone(), other.clone()])?, lbhealth::merge([other.clone(), one.clone()])?] {
                assert_eq!(traffic(&merged), [of_backup, of_primary]);
                assert_eq!(merged.records.iter().filter(|record| record.traffic_reason.is_some()).count(), 1);
            }
            let joined = lbhealth::join_pages([one, other]);
            assert_eq!(joined.iter().map(traffic).collect::<Vec<_>>(), [[of_backup, of_primary]]);
            // Lists that name no pool can be of two.
            assert_eq!(traffic(&lbhealth::merge(pages(None)?)?), [Traffic::Unknown, of_primary]);
        }
    }
    let elsewhere = list(Some("p-2"), &[serves], "previous")?;
    let merged = lbhealth::merge([list(Some("p-1"), &[backup], "previous")?, elsewhere])?;
    assert_eq!(traffic(&merged), [Traffic::Unknown, Traffic::Eligible], "a member of another pool serves");
    // Whoever served and fails now leaves it open who serves.
    let before = list(Some("p-1"), &[serves, backup], "self")?;
    let merged = lbhealth::merge([before, list(Some("p-1"), &[fails], "self")?])?;
    assert_eq!(traffic(&merged), [Traffic::Unknown, Traffic::Excluded]);
    Ok(())
}

/// A load balancer without listeners may have servers all the same, wherever it stands among others.
#[test]
fn a_reply_that_proves_nothing_keeps_a_merge_from_being_whole() -> Result<()> {
    let list = |servers: &str| {
        let payload = format!(r#"{{"BackendServers":{{"BackendServer":[{servers}]}}}}"#);
        let adapter = lbhealth::adapter("alibaba-clb")?;
        Ok::<_, Error>(adapter.normalize(payload.as_bytes(), &Context::default())?.into_health()?.into_owned())
    };
    let server = r#"{"ServerId":"i-1","Port":80,"ListenerPort":80,"Protocol":"tcp","ServerHealthStatus":"normal"}"#;
    for pages in [[list(server)?, list("")?], [list("")?, list(server)?], [list("")?, list("")?]] {
        assert_eq!(HealthReport::merge(pages)?.completeness, Completeness::Undetermined);
    }
    assert_eq!(HealthReport::merge([list(server)?, list(server)?])?.completeness, Completeness::Complete);
    Ok(())
}

#[test]
fn a_list_over_several_pools_goes_on_with_any_pool() -> Result<()> {
    let list = |pools: &[&str], marker: &str| {
        let one = |pool: &&str| {
            format!(
                r#"{{"id":"m-{pool}","pool_id":"{pool}","loadbalancer_id":"lb-1","ip_version":"v4","operating_status":"ONLINE"}}"#
            )
        };
        let members = pools.iter().map(one).collect::<Vec<_>>().join(",");
        format!(r#"{{"members":[{members}],"page_info":{{"next_marker":{marker}}}}}"#)
    };
    let pages = [list(&["p-1", "p-2"], "\"m\""), list(&["p-3"], "\"n\""), list(&["p-4"], "null")];
    let read = |payload: &String| {
        lbhealth::adapter("huawei-elb")?
            .normalize(payload.as_bytes(), &Context::default())?
            .into_health()
            .map(HealthReport::into_owned)
    };
    let merged = HealthReport::merge(pages.iter().map(read).collect::<Result<Vec<_>, Error>>()?)?;
    assert_eq!(merged.completeness, Completeness::Complete);
    Ok(())
}

#[test]
fn an_inventory_of_one_pool_does_not_make_that_of_another_whole() -> Result<()> {
    let servers = |pool: &str, id: &str, token: &str| {
        let payload = format!(
            r#"{{"Servers":[{{"ServerGroupId":"{pool}","ServerId":"{id}","Port":80,"Status":"Available","Weight":100}}],"NextToken":"{token}"}}"#
        );
        lbhealth::adapter("alibaba-alb")?
            .normalize(payload.as_bytes(), &Context::default())?
            .into_inventory()
            .map(Inventory::into_owned)
    };
    let merged = Inventory::merge([servers("sgp-1", "i-1", "next")?, servers("sgp-2", "i-2", "")?])?;
    assert_eq!(merged.completeness, Completeness::Incomplete);
    let merged = Inventory::merge([servers("sgp-1", "i-1", "next")?, servers("sgp-2", "i-2", "")?, servers("sgp-1", "i-3", "")?])?;
    assert_eq!(merged.completeness, Completeness::Complete);
    Ok(())
}

#[test]
fn a_pool_whose_servers_all_fail_on_two_pages_fails_open() -> Result<()> {
    let all = |ids: &[&str], token: &str| page(&ids.iter().map(|id| (*id, "Unhealthy")).collect::<Vec<_>>(), token);
    let traffic =
        |report: &HealthReport<'_>| report.records.iter().map(|record| (record.traffic, record.traffic_reason)).collect::<Vec<_>>();
    let (first, last) = (all(&["i-1", "i-2"], "next"), all(&["i-3", "i-4"], ""));
    let mut merged = HealthReport::merge([alibaba(&first)?, alibaba(&last)?])?;
    assert_eq!(traffic(&merged), [(Traffic::Excluded, None); 4], "merging knows no vendor");
    merged.conclude(lbhealth::ADAPTERS);
    assert_eq!(traffic(&merged), [(Traffic::Eligible, Some(TrafficReason::FailOpen)); 4]);
    assert_eq!(
        traffic(&lbhealth::merge([alibaba(&first)?, alibaba(&last)?])?),
        [(Traffic::Eligible, Some(TrafficReason::FailOpen)); 4]
    );

    // Three of four, on an answer whose end nobody has, or as copies: no reason to forward to them.
    let (three, mirror) = (all(&["i-3"], ""), "TrafficMirror");
    for pages in [
        [first.clone(), three],
        [first.clone(), all(&["i-3", "i-4"], "another")],
        [first.replace("ForwardGroup", mirror), last.replace("ForwardGroup", mirror)],
        [first.replace("ForwardGroup", "Else"), last.replace("ForwardGroup", "Else")],
    ] {
        let mut merged = HealthReport::merge(pages.iter().map(|page| alibaba(page)).collect::<Result<Vec<_>, _>>()?)?;
        let before = traffic(&merged);
        merged.conclude(lbhealth::ADAPTERS);
        assert_eq!(traffic(&merged), before);
    }
    Ok(())
}

#[test]
fn a_pool_fails_open_where_only_the_inventory_says_that_it_is_checked() -> Result<()> {
    let unsaid = page(&[("i-1", "Unhealthy")], "")
        .replace(r#""ServerCount":4,"#, r#""ServerCount":1,"#)
        .replace(r#""HealthCheckEnabled":"on","#, "");
    let groups =
        |on: bool| format!(r#"{{"ServerGroups":[{{"ServerGroupId":"sgp-1","HealthCheckConfig":{{"HealthCheckEnabled":{on}}}}}]}}"#);
    for (on, expected) in [(true, Traffic::Eligible), (false, Traffic::Excluded)] {
        let groups = groups(on);
        let inventory = lbhealth::adapter("alibaba-alb")?.normalize(groups.as_bytes(), &Context::default())?.into_inventory()?;
        let without = alibaba(&unsaid)?.complete_with(&inventory, &[]);
        assert_eq!(without.records[0].traffic, Traffic::Excluded, "the adapter is not asked");
        let report = alibaba(&unsaid)?.complete_with(&inventory, lbhealth::ADAPTERS);
        assert_eq!(report.records[0].traffic, expected);
    }
    Ok(())
}

#[test]
fn settings_that_contradict_each_other_prove_nothing_whichever_comes_first() -> Result<()> {
    let alb = lbhealth::adapter("alibaba-alb")?;
    let servers =
        r#"{"Servers":[{"ServerGroupId":"sgp-1","ServerId":"i-1","Port":80,"Status":"Available","Weight":100}],"TotalCount":1}"#;
    let groups =
        |on: bool| format!(r#"{{"ServerGroups":[{{"ServerGroupId":"sgp-1","HealthCheckConfig":{{"HealthCheckEnabled":{on}}}}}]}}"#);
    let (on, off) = (groups(true), groups(false));
    let read = |text: &'static str| page(&[], "").replace(r#""ServerCount":4,"#, r#""ServerCount":1,"#).replace(text, "");
    for unsaid in [read(r#""HealthCheckEnabled":"on","#), read("no such text")] {
        for order in [[&on, &off], [&off, &on]] {
            let inventories = [servers, order[0], order[1]].map(|text| alb.normalize(text.as_bytes(), &Context::default()));
            let inventories = inventories.into_iter().map(|document| document?.into_inventory()).collect::<Result<Vec<_>, _>>()?;
            let completed = lbhealth::complete(alibaba(&unsaid)?, &Inventory::merge(inventories)?);
            let healths: Vec<_> = completed.records.iter().map(|record| record.health).collect();
            assert_eq!(healths, [BackendHealth::Unknown]);
        }
    }
    Ok(())
}

/// The traffic of three servers, of which those in `failing` are listed as such, completed by an inventory with these words; read from one
/// reply and from two pages, with this count of the vendor's and without.
fn traffic_of_failing(failing: &[&str], count: u32, statuses: [&str; 3]) -> Result<Vec<Vec<Traffic>>> {
    let server = |(number, status): (usize, &&str)| {
        format!(r#"{{"ServerGroupId":"sgp-1","ServerId":"i-{}","Port":80,"Status":"{status}","Weight":100}}"#, number + 1)
    };
    let servers = statuses.iter().enumerate().map(server).collect::<Vec<_>>().join(",");
    let servers = format!(r#"{{"Servers":[{servers}],"TotalCount":3,"RequestId":"s"}}"#);
    let inventory = lbhealth::adapter("alibaba-alb")?.normalize(servers.as_bytes(), &Context::default())?.into_inventory()?;
    let failing: Vec<_> = failing.iter().map(|id| (*id, "Unhealthy")).collect();
    let (first, rest) = failing.split_at(1);
    let mut all = Vec::new();
    for count in [format!(r#""ServerCount":{count},"#), String::new()] {
        let pages =
            [page(&failing, ""), page(first, "next"), page(rest, "")].map(|text| text.replace(r#""ServerCount":4,"#, &count));
        for report in [alibaba(&pages[0])?, HealthReport::merge([alibaba(&pages[1])?, alibaba(&pages[2])?])?] {
            let mut completed = lbhealth::complete(report, &inventory);
            let before = completed.clone();
            completed.conclude(lbhealth::ADAPTERS);
            assert!(completed == before, "concluding again changes nothing");
            all.push(completed.records.iter().map(|record| record.traffic).collect());
        }
    }
    Ok(all)
}

#[test]
fn of_failing_servers_that_come_or_go_nobody_says_whether_they_get_traffic() -> Result<()> {
    for traffic in traffic_of_failing(&["i-1", "i-2", "i-3"], 3, ["Adding", "Removing", "Available"])? {
        assert_eq!(traffic, [Traffic::Unknown, Traffic::Unknown, Traffic::Eligible]);
    }
    Ok(())
}

#[test]
fn a_pool_does_not_fail_open_beside_a_server_that_only_the_inventory_names() -> Result<()> {
    let [counted, counted_pages, uncounted, uncounted_pages] =
        <[_; 4]>::try_from(traffic_of_failing(&["i-1", "i-2"], 2, ["Available"; 3])?)
            .map_err(|_| anyhow::anyhow!("two replies, each in two ways"))?;
    for traffic in [counted, counted_pages] {
        assert_eq!(traffic, [Traffic::Unknown; 3]);
    }
    // Without a count the reply does not say that all of them fail, and the third is healthy by absence.
    for traffic in [uncounted, uncounted_pages] {
        assert_eq!(traffic, [Traffic::Excluded, Traffic::Excluded, Traffic::Eligible]);
    }
    Ok(())
}

#[test]
fn of_two_verdicts_the_later_stands_and_is_warned_of() -> Result<()> {
    let (first, last) = (page(&[("i-1", "Unhealthy")], "next"), page(&[("i-1", "Initial")], ""));
    let merged = HealthReport::merge([alibaba(&first)?, alibaba(&last)?])?;
    assert_eq!(merged.records.len(), 1);
    assert_eq!(merged.records[0].health, BackendHealth::Initializing);
    assert_eq!(merged.records[0].warnings, [WarningCode::VerdictChanged]);
    let warning = merged.warnings.first().context("no warning")?;
    assert_eq!(warning.record_key.as_deref(), Some(&*merged.records[0].record_key));
    let same = HealthReport::merge([alibaba(&first)?, alibaba(&first)?])?;
    assert_eq!((same.records.len(), same.warnings.len()), (1, 0));
    Ok(())
}

#[test]
fn reports_of_different_adapters_do_not_merge() -> Result<()> {
    let payload = r#"{"member":{"id":"m-1","ip_version":"v4","operating_status":"ONLINE"}}"#;
    let member = lbhealth::normalize(payload.as_bytes(), &Context::default())?.into_health()?;
    let first = page(&[], "");
    let error = HealthReport::merge([alibaba(&first)?, member]).map(|_| ()).err().context("merged")?;
    assert_eq!(error.to_string(), "documents of alibaba-alb and huawei-elb cannot be merged; merge those of one adapter at a time");
    let nothing = HealthReport::merge([]).err().context("merged")?;
    assert_eq!(nothing.to_string(), "there is no document to merge");
    assert_eq!((nothing.kind(), nothing.kind().as_str()), (&ErrorKind::NothingToMerge, "NOT_MERGEABLE"));
    let nothing = Inventory::merge([]).err().context("merged")?;
    assert_eq!(nothing.kind(), &ErrorKind::NothingToMerge);
    Ok(())
}

#[test]
fn a_list_of_servers_is_whole_if_its_pages_have_as_many_as_are_counted() -> Result<()> {
    let page = |groups: &str, ids: &[&str], count: u32, token: &str| {
        let mut groups = groups.split(' ').cycle();
        let mut server = |id: &&str| {
            let group = groups.next().unwrap_or_default();
            format!(
                r#"{{"ServerGroupId":"{group}","ServerId":"{id}","ServerType":"Ecs","Port":80,"Status":"Available","Weight":100}}"#
            )
        };
        let servers = ids.iter().map(&mut server).collect::<Vec<_>>().join(",");
        let payload = format!(r#"{{"RequestId":"r","TotalCount":{count},"NextToken":"{token}","Servers":[{servers}]}}"#);
        let adapter = lbhealth::adapter("alibaba-alb")?;
        Ok::<_, Error>(adapter.normalize(payload.as_bytes(), &Context::default())?.into_inventory()?.into_owned())
    };
    let (first, last) = (page("sgp-1", &["i-1", "i-2"], 3, "t")?, page("sgp-1", &["i-3"], 3, "")?);
    assert_eq!((last.completeness, last.warnings.len()), (Completeness::Incomplete, 1));
    for pages in [[first.clone(), last.clone()], [last.clone(), first.clone()]] {
        let merged = Inventory::merge(pages)?;
        assert_eq!((merged.completeness, merged.member_count, merged.warnings.len()), (Completeness::Complete, Some(3), 0));
    }
    // A page between the two is missing.
    let merged = Inventory::merge([page("sgp-1", &["i-1", "i-2"], 5, "t")?, page("sgp-1", &["i-5"], 5, "")?])?;
    assert_eq!(merged.completeness, Completeness::Incomplete);
    // The list of another group makes nothing good.
    let other = page("sgp-2", &["i-8", "i-9"], 2, "")?;
    let merged = Inventory::merge([last, other.clone()])?;
    assert_eq!((merged.completeness, merged.member_count), (Completeness::Incomplete, None));
    assert_eq!(Inventory::merge([first, page("sgp-1", &["i-3"], 3, "")?, other])?.completeness, Completeness::Complete);
    // Nor does it that of a list over groups, of which more are counted.
    let (first, last, other) =
        (page("sgp-1 sgp-2", &["i-1", "j-1"], 3, "t")?, page("sgp-1", &["i-2"], 3, "")?, page("sgp-9", &["k-1"], 1, "")?);
    for (pages, completeness) in [
        (vec![&first, &other], Completeness::Incomplete),
        (vec![&other, &first], Completeness::Incomplete),
        (vec![&first, &last, &other], Completeness::Complete),
        (vec![&first, &other, &last], Completeness::Complete),
        (vec![&other, &first, &last], Completeness::Complete),
    ] {
        let merged = Inventory::merge(pages.into_iter().cloned())?;
        assert_eq!((merged.completeness, merged.warnings.len()), (completeness, 0));
    }
    Ok(())
}

#[test]
fn an_inventory_of_another_adapter_completes_nothing() -> Result<()> {
    let page = page(&[("i-1", "Unhealthy")], "");
    let report = alibaba(&page)?;
    let payload = br#"{"TargetGroups":[{"TargetGroupArn":"sgp","Protocol":"HTTP","Port":80,"TargetType":"instance"}]}"#;
    let inventory = lbhealth::normalize(payload, &Context::default())?.into_inventory()?;
    let after = lbhealth::complete(report.clone(), &inventory);
    assert_eq!((&after.records, &after.pools, &after.sources), (&report.records, &report.pools, &report.sources));
    let warning = after.warnings.last().context("a warning")?;
    assert_eq!(warning.message, "the inventory is of `aws-elbv2`, so it completes nothing");
    Ok(())
}

#[test]
fn an_inventory_in_two_pages_completes_a_report() -> Result<()> {
    let servers = |ids: &[&str], token: &str| {
        let one =
            |id: &&str| format!(r#"{{"ServerGroupId":"sgp-1","ServerId":"{id}","Port":80,"Status":"Available","Weight":100}}"#);
        format!(r#"{{"Servers":[{}],"NextToken":"{token}","RequestId":"s"}}"#, ids.iter().map(one).collect::<Vec<_>>().join(","))
    };
    let (first, last) = (servers(&["i-1", "i-2"], "next"), servers(&["i-3", "i-4"], ""));
    let adapter = lbhealth::adapter("alibaba-alb")?;
    let read = |payload| adapter.normalize(payload, &Context::default())?.into_inventory();
    let health = page(&[("i-1", "Unhealthy")], "");
    let half = lbhealth::complete(alibaba(&health)?, &read(first.as_bytes())?);
    assert!(half.records.iter().all(|record| record.health != BackendHealth::Healthy), "half an inventory proves nothing");
    let whole = lbhealth::complete(alibaba(&health)?, &Inventory::merge([read(first.as_bytes())?, read(last.as_bytes())?])?);
    let healths: Vec<BackendHealth> = whole.records.iter().map(|record| record.health).collect();
    assert_eq!(healths, [BackendHealth::Unhealthy, BackendHealth::Healthy, BackendHealth::Healthy, BackendHealth::Healthy]);
    assert_eq!(whole.pools[0].healthy_count, Some(3));
    assert_eq!(whole.records[3].evidence.source, Some(2));
    Ok(())
}

#[test]
fn one_malformed_element_of_ten_thousand_does_not_lose_the_others() -> Result<()> {
    let member = |number: usize| {
        if number == 6_000 {
            return "\"not a member\"".to_owned();
        }
        format!(
            r#"{{"id":"m-{number}","pool_id":"p-1","loadbalancer_id":"lb-1","ip_version":"v4","address":"10.0.0.1","operating_status":"ONLINE"}}"#
        )
    };
    let payload = format!(r#"{{"members":[{}],"request_id":"r-1"}}"#, (0..10_000).map(member).collect::<Vec<_>>().join(","));
    let report = lbhealth::normalize(payload.as_bytes(), &Context::default())?.into_health()?;
    assert_eq!((&*report.operation, report.records.len()), ("ListAllMembers", 9_999));
    assert_eq!(report.completeness, Completeness::Incomplete);
    let [warning] = report.warnings.as_slice() else { anyhow::bail!("{} warnings", report.warnings.len()) };
    assert_eq!((warning.code, warning.path.to_string().as_str()), (WarningCode::ElementSkipped, "/members/6000"));
    assert_eq!(report.records[6_000].evidence.path.to_string(), "/members/6001");
    Ok(())
}

/// A reply that tells no addresses, and an interface that has several: which of them fails, nobody can tell.
#[test]
fn an_interface_whose_address_the_reply_does_not_tell_can_be_any_that_the_inventory_has() -> Result<()> {
    let reply = page(&[("eni-1", "Unhealthy")], "");
    let healths = |addresses: [&str; 4]| -> Result<Vec<(String, BackendHealth)>> {
        let server = |(id, address): (&str, &str)| {
            format!(
                r#"{{"ServerGroupId":"sgp-1","ServerId":"{id}","ServerIp":"{address}","Port":80,"Status":"Available","Weight":100}}"#
            )
        };
        let servers: Vec<String> = ["eni-1", "eni-1", "eni-2", "i-1"].into_iter().zip(addresses).map(server).collect();
        let list = format!(r#"{{"Servers":[{}],"TotalCount":4}}"#, servers.join(","));
        let inventory = lbhealth::adapter("alibaba-alb")?.normalize(list.as_bytes(), &Context::default())?.into_inventory()?;
        let completed = lbhealth::complete(alibaba(&reply)?, &inventory);
        assert!(!completed.warnings.iter().any(|warning| warning.code == WarningCode::NotInInventory));
        let key = |key: &str| key.split('|').nth(2).unwrap_or_default().to_owned();
        Ok(completed.records.iter().map(|record| (key(&record.backend_key), record.health)).collect())
    };
    let unclear = [("eni-2/10.0.0.3".to_owned(), BackendHealth::Healthy), ("i-1".to_owned(), BackendHealth::Healthy)];
    let told = healths(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"])?;
    assert_eq!(told[0], ("eni-1".to_owned(), BackendHealth::Unhealthy));
    assert_eq!(told[1..3].iter().map(|(_, health)| *health).collect::<Vec<_>>(), [BackendHealth::Unknown; 2], "{told:?}");
    assert_eq!(told[3..], unclear);
    // The inventory leaves one of the addresses out.
    let told = healths(["", "10.0.0.2", "10.0.0.3", "10.0.0.4"])?;
    assert_eq!(told[0], ("eni-1".to_owned(), BackendHealth::Unhealthy));
    assert_eq!(told[1], ("eni-1/10.0.0.2".to_owned(), BackendHealth::Unknown));
    assert_eq!(told[2..], unclear);
    Ok(())
}

/// A server changed its ports between the two calls: of three, two fail, so at most one is well.
#[test]
fn two_servers_that_may_be_one_member_leave_the_others_open() -> Result<()> {
    let listed = |port: u16| format!(r#"{{"ServerId":"i-1","ServerIp":"10.0.0.1","Port":{port},"Status":"Unhealthy"}}"#);
    let group = r#""ServerGroupId":"sgp-1","ServerCount":3,"HealthCheckEnabled":"on","ActionType":"ForwardGroup""#;
    let health = format!(
        r#"{{"ListenerHealthStatus":[{{"ListenerId":"lsn-1","ServerGroupInfos":[{{{group},"NonNormalServers":[{},{}]}}]}}],"RequestId":"r"}}"#,
        listed(80),
        listed(81)
    );
    let member = |number: u8, port: u16| {
        format!(
            r#"{{"ServerGroupId":"sgp-1","ServerId":"i-{number}","ServerIp":"10.0.0.{number}","Port":{port},"Status":"Available","Weight":100}}"#
        )
    };
    let list = format!(r#"{{"Servers":[{},{},{}],"TotalCount":3}}"#, member(1, 82), member(2, 80), member(3, 80));
    let inventory = lbhealth::adapter("alibaba-alb")?.normalize(list.as_bytes(), &Context::default())?.into_inventory()?;
    let completed = lbhealth::complete(alibaba(&health)?, &inventory);
    let healths: Vec<_> = completed.records.iter().map(|record| record.health).collect();
    let (fails, open) = (BackendHealth::Unhealthy, BackendHealth::Unknown);
    assert_eq!(healths, [fails, fails, open, open, open]);
    Ok(())
}
