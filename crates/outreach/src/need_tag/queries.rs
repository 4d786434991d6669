//! The tags of a site.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::need::Code;
use kernel::{Id, SiteId, Sql};

use super::NeedTag;
use super::views::TagView;

static ALL: Sql = Sql {
    name: "outreach.need_tags",
    text: "SELECT tag FROM need_tag_row WHERE site = $1 ORDER BY no, tag LIMIT 500",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL];

/// Every tag of a site: those that come with the program as the site changed them, and its own before the last of
/// them, "other". They tell nothing about anybody.
pub async fn of_site(node: &Node, site: SiteId) -> Result<Vec<TagView>, StoreError> {
    let rows = node.rows(ALL.text, vec![site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.held_many(site, "need_tag", &ids).await?;
    let mut changed = HashMap::new();
    let mut own = Vec::new();
    for held in &held {
        let tag: NeedTag = journal::state(held);
        let view = TagView {
            id: held.meta.id,
            code: tag.code,
            own: !tag.replaces,
            zh: tag.zh,
            en: tag.en,
            retired: tag.retired,
            version: held.meta.version,
        };
        if view.own {
            own.push(view);
        } else {
            changed.insert(view.code, view);
        }
    }
    let mut all: Vec<TagView> =
        OFFERED.iter().map(|code| changed.remove(code).unwrap_or_else(|| plain(site, *code))).collect();
    let last = all.len().saturating_sub(1);
    all.splice(last..last, own);
    Ok(all)
}

fn plain(site: SiteId, code: Code) -> TagView {
    let (zh, en) = code.words();
    TagView {
        id: NeedTag::record_of(site, code),
        code,
        own: false,
        zh: zh.to_owned(),
        en: en.to_owned(),
        retired: false,
        version: 0,
    }
}

/// The tags that come with the program: those that are heard most first.
const OFFERED: &[Code] = &[
    Code::Wage,
    Code::School,
    Code::Health,
    Code::Documents,
    Code::Housing,
    Code::Loneliness,
    Code::Enrolment,
    Code::SchoolTransfer,
    Code::AfterSchool,
    Code::Tutoring,
    Code::Job,
    Code::Income,
    Code::Clothing,
    Code::WorkInjury,
    Code::PermitHelp,
    Code::NoHukou,
    Code::Custody,
    Code::Bullying,
    Code::Psychological,
    Code::Immunisation,
    Code::Demolition,
    Code::Legal,
    Code::FestivalStay,
    Code::Other,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_offered_once() {
        let mut codes = OFFERED.to_vec();
        codes.sort_unstable();
        let mut all = Code::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(codes, all);
        assert_eq!(OFFERED.last(), Some(&Code::Other));
    }
}
