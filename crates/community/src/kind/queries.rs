//! The kinds of a site.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::{Id, SiteId, Sql};

use super::views::{KindView, Kinds};
use super::{ActivityKind, DEFAULTS};

static ALL: Sql = Sql {
    name: "community.activity_kinds",
    text: "SELECT kind FROM activity_kind_row WHERE site = $1 ORDER BY no, kind",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL];

/// Every kind of a site: those that come with the program as the site changed them, and its own. They tell nothing
/// about anybody, so whoever works at the site may know them.
pub async fn of_site(node: &Node, site: SiteId) -> Result<Kinds, StoreError> {
    let rows = node.rows(ALL.text, vec![site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.held_many(site, "activity_kind", &ids).await?;
    let mut changed: HashMap<String, (KindView, bool)> = HashMap::new();
    let mut own = Vec::new();
    for held in &held {
        let kind: ActivityKind = journal::state(held);
        let told = kind.traits.is_some();
        let view = KindView {
            own: kind.code.is_none(),
            code: kind.code.unwrap_or_else(|| held.meta.id.to_string()),
            zh: kind.zh,
            en: kind.en,
            traits: kind.traits.unwrap_or_default(),
            children_per_adult: kind.children_per_adult,
            retired: kind.retired,
            record: held.meta.id,
            version: held.meta.version,
        };
        if view.own {
            own.push(view);
        } else {
            changed.insert(view.code.clone(), (view, told));
        }
    }
    let default = |kind: &super::DefaultKind| {
        let plain = KindView {
            code: kind.code.to_owned(),
            zh: kind.zh.to_owned(),
            en: kind.en.to_owned(),
            traits: kind.traits,
            children_per_adult: kind.children_per_adult,
            retired: false,
            own: false,
            record: ActivityKind::record_of(site, kind.code),
            version: 0,
        };
        match changed.remove(kind.code) {
            Some((view, told)) => KindView {
                traits: if told { view.traits } else { plain.traits },
                children_per_adult: view.children_per_adult.or(plain.children_per_adult),
                ..view
            },
            None => plain,
        }
    };
    let mut all: Vec<KindView> = DEFAULTS.iter().map(default).collect();
    // "Other" stays the last.
    let last = all.len().saturating_sub(1);
    all.splice(last..last, own);
    Ok(Kinds(all))
}
