//! The tables of the policies.

use lbhealth::{BackendHealth, Policy, Standing, Traffic};

use crate::tables::Table;

/// The questions of the policy of this name, in their order.
pub(crate) fn rules(name: &str) -> Option<String> {
    let policy = Policy::EXAMPLES.iter().find(|policy| name_of(**policy) == name)?;
    let mut table = Table::new(&["", "First that holds", "Verdict", "Reason", "Decided by"]);
    let rules = policy.rules();
    for (number, rule) in (1..).zip(rules) {
        let word = |text: String, standing: &Standing| text.replace(standing.as_str(), &format!("`{standing}`"));
        let condition = Standing::ALL.iter().fold(rule.condition.to_owned(), word);
        let condition = if number == rules.len() { format!("otherwise: {condition}") } else { condition };
        let deciders: Vec<String> = rule.deciders.iter().map(|standing| format!("`{standing}`")).collect();
        let (rating, reason) = (format!("`{}`", rule.rating), format!("`{}`", rule.reason));
        table.row(&[&format!("{number}"), &condition, &rating, &reason, &deciders.join(" ")]);
    }
    Some(table.finish())
}

/// How a backend counts under each policy.
pub(crate) fn standings() -> String {
    // Policies that count alike share a column.
    let counts = |policy: Policy| {
        let of = |health: &BackendHealth| Traffic::ALL.iter().map(|traffic| policy.standing(*health, *traffic)).collect::<Vec<_>>();
        BackendHealth::ALL.iter().map(of).collect::<Vec<_>>()
    };
    let mut columns: Vec<(Vec<String>, Vec<Vec<Standing>>)> = Vec::new();
    for policy in Policy::EXAMPLES {
        let (name, counts) = (format!("`{}`", name_of(*policy)), counts(*policy));
        match columns.iter_mut().find(|(_, known)| *known == counts) {
            Some((names, _)) => names.push(name),
            None => columns.push((vec![name], counts)),
        }
    }
    let mut head = vec!["Health".to_owned()];
    head.extend(columns.iter().map(|(names, _)| names.join(" ")));
    let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
    for (index, health) in BackendHealth::ALL.iter().enumerate() {
        let cells: Vec<String> =
            columns.iter().filter_map(|(_, counts)| counts.get(index)).map(|standings| cell(standings)).collect();
        let mut row = vec![format!("`{health}`")];
        row.extend(cells);
        table.row(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.finish()
}

/// The standing for each traffic; that of the most traffics last, as "else".
fn cell(standings: &[Standing]) -> String {
    let mut groups: Vec<(Standing, Vec<&str>)> = Vec::new();
    for (standing, traffic) in standings.iter().zip(Traffic::ALL) {
        match groups.iter_mut().find(|(known, _)| known == standing) {
            Some((_, traffics)) => traffics.push(traffic.as_str()),
            None => groups.push((*standing, vec![traffic.as_str()])),
        }
    }
    groups.sort_by_key(|(_, traffics)| traffics.len());
    let last = groups.len().saturating_sub(1);
    let text = |(index, (standing, traffics)): (usize, &(Standing, Vec<&str>))| match (index, last) {
        (0, 0) => format!("`{standing}`"),
        _ if index == last => format!("else `{standing}`"),
        _ => format!("`{standing}` if {}", traffics.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(" ")),
    };
    groups.iter().enumerate().map(text).collect::<Vec<_>>().join("; ")
}

/// The name with `N` and `P` in place of its number.
fn name_of(policy: Policy) -> String {
    match policy {
        Policy::Quorum(_) => "quorum:N".to_owned(),
        Policy::QuorumPercent(_) => "quorum:P%".to_owned(),
        policy => policy.to_string(),
    }
}
