//! Finding referrals, and the one that a partner's link opens.

use std::fmt::Write;

use journal::{Node, StoreError, placeholders};
use kernel::consent::{Given, Purpose};
use kernel::page::{Page, limit};
use kernel::{AccountId, Actor, Held, Id, Role, ScopeColumns, SiteId, Sql, Use, Val, scope};

use super::commands::link_opens;
use super::link::{Link, slip, token_hash};
use super::views::{PartnerView, ReferralCard, ReferralPage};
use super::{Referral, Status};

static LIST: Sql = Sql {
    name: "help.referrals",
    text: "SELECT r.referral, r.due, r.no FROM referral_row r WHERE r.site = $1 \
           AND (r.due > $2 OR (r.due = $2 AND r.no > $3))",
};
static OF_PERSONS: Sql = Sql {
    name: "help.referrals_of",
    text: "SELECT referral FROM referral_row WHERE site = $1 AND person IN ($2)",
};
static OF_CONSENT: Sql = Sql {
    name: "help.referrals_of_consent",
    text: "SELECT referral FROM referral_row WHERE site = $1 AND consent = $2 ORDER BY no DESC LIMIT 200",
};
// A token says nothing of its site, so this one statement asks all sites of the node, by an index of its own.
static BY_TOKEN: Sql = Sql {
    name: "help.referral_by_token",
    text: "SELECT site, referral FROM referral_row WHERE link = $1 ORDER BY site, referral LIMIT 1",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &OF_PERSONS, &OF_CONSENT, &BY_TOKEN];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "r.site",
    id: "r.referral",
    made_by: "r.made_by",
    within: &["r.referral", "r.person", "r.need", "r.request"],
};

/// Which referrals are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that something is still expected of (true), or that are over (false).
    pub open: Option<bool>,
    /// Those that stand so.
    pub status: Option<Status>,
    /// Those that this account follows up.
    pub owner: Option<AccountId>,
    /// Those to this organisation.
    pub organisation: Option<Id>,
    /// Those that rest on this consent.
    pub consent: Option<Id>,
    /// Those that come from this request.
    pub request: Option<Id>,
    /// The one of this slip.
    pub slip: Option<String>,
}

/// Referrals in the actor's scope, those whose answer is due first first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    filter: &Filter,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<ReferralCard>, StoreError> {
    let limit = limit(asked);
    let (due, no) = match after.and_then(|text| text.split_once('|')) {
        Some((due, no)) => (due.to_owned(), no.parse().unwrap_or(i64::MAX)),
        None => (String::new(), -1),
    };
    let mut values = vec![actor.site.into(), due.into(), no.into()];
    let mut conditions = String::new();
    let mut only = |condition: &str, value: Val| {
        values.push(value);
        let _ = write!(conditions, " AND {condition} ${}", values.len());
    };
    if let Some(status) = filter.status {
        only("r.status =", status.code().into());
    }
    if let Some(owner) = filter.owner {
        only("r.owner =", owner.into());
    }
    for (column, id) in [
        ("r.organisation =", filter.organisation),
        ("r.consent =", filter.consent),
        ("r.request =", filter.request),
    ] {
        if let Some(id) = id {
            only(column, id.into());
        }
    }
    if let Some(slip) = &filter.slip {
        only("r.slip =", slip.trim().to_uppercase().into());
    }
    match filter.open {
        Some(true) => conditions.push_str(" AND r.status IN ('sent', 'accepted')"),
        Some(false) => conditions.push_str(" AND r.status NOT IN ('sent', 'accepted')"),
        None => {}
    }
    let scoped = scope(actor, "referral", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{}{conditions} AND {scoped} ORDER BY r.due, r.no LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "referral", &ids, Use::Read).await?;
    let page = Page::cut(held, limit, |held| {
        let state: Referral = journal::state(held);
        format!("{}|{}", state.due, held.meta.no)
    });
    Ok(page.map(|held| ReferralCard::of(node, &held)))
}

/// Referrals that the partner has left unanswered past their day, or for a week: those due first first. For Today.
pub async fn unanswered(node: &Node, actor: &Actor) -> Result<Vec<ReferralCard>, StoreError> {
    let sent = Filter { status: Some(Status::Sent), ..Filter::default() };
    let mut cards = list(node, actor, &sent, None, 200).await?.items;
    cards.retain(|card| card.late);
    Ok(cards)
}

/// The referrals of a person and of those merged into it, newest first.
pub async fn of_persons(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    asked: usize,
) -> Result<Vec<ReferralCard>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_PERSONS.text.replace("$2", &placeholders(2, persons.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(persons.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&format!("{base} ORDER BY no DESC LIMIT {}", limit(asked)), values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    cards(node, actor, &ids).await
}

/// The referrals that rest on a consent, newest first: who was told under it.
pub async fn of_consent(node: &Node, actor: &Actor, consent: Id) -> Result<Vec<ReferralCard>, StoreError> {
    let rows = node.rows(OF_CONSENT.text, vec![actor.site.into(), consent.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    cards(node, actor, &ids).await
}

async fn cards(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<ReferralCard>, StoreError> {
    let held = node.visible(actor, "referral", ids, Use::Read).await?;
    Ok(held.iter().map(|held| ReferralCard::of(node, held)).collect())
}

/// One referral with everything about it, if it is in the actor's scope.
pub async fn page(node: &Node, actor: &Actor, id: Id) -> Result<Option<ReferralPage>, StoreError> {
    let Some(held) = node.visible_one(actor, "referral", id, Use::Read).await? else { return Ok(None) };
    let given = given(node, actor.site, &journal::state(&held)).await?;
    let holds = given.is_some_and(|given| given.in_force(node.today(), Purpose::Referral));
    Ok(Some(ReferralPage::of(node, &held, actor.role, holds)))
}

/// The consent that a referral rests on, unless it was taken back as a mistake or erased.
pub async fn given(node: &Node, site: SiteId, referral: &Referral) -> Result<Option<Given>, StoreError> {
    let held = node.held(site, "consent", referral.consent.0).await?;
    Ok(held.as_ref().and_then(Given::read))
}

/// A link that was followed, before its code is known.
pub struct Followed {
    /// Who acts by it: nobody but this referral's partner.
    pub actor: Actor,
    /// What is kept of the link; for asking its code.
    pub link: Link,
    view: Option<PartnerView>,
}

impl Followed {
    /// Whether the link still opens anything.
    pub fn is_open(&self) -> bool {
        self.view.is_some()
    }

    /// What the page shows to whoever knows the code.
    pub fn view(self, token: &str, code: &str) -> Option<PartnerView> {
        self.view.filter(|_| self.link.opens(token, code))
    }
}

/// The referral of a token. A link opens nothing once the referral is closed, the link or the consent has run out, the
/// consent was withdrawn, or the person was erased.
pub async fn follow(node: &Node, token: &str) -> Result<Option<Followed>, StoreError> {
    let rows = node.rows(BY_TOKEN.text, vec![token_hash(token).into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (site, id) = (SiteId(row.id(0)), row.id(1));
    let held = node.held(site, "referral", id).await?.filter(|held| held.is_live() && !held.meta.erased);
    let Some(held) = held else { return Ok(None) };
    let state: Referral = journal::state(&held);
    let Some(link) = state.link.clone() else { return Ok(None) };
    let given = given(node, site, &state).await?;
    let holds = given.is_some_and(|given| given.in_force(node.today(), Purpose::Referral));
    let open = holds && link_opens(&state, node.now());
    let actor = Actor { account: AccountId(id), role: Role::Partner, site };
    Ok(Some(Followed { actor, link, view: open.then(|| partner_view(&held, state)) }))
}

fn partner_view(held: &Held, state: Referral) -> PartnerView {
    PartnerView {
        status: state.status,
        code: state.code,
        told: state.told,
        replies: state.replies,
        due: state.due.to_string(),
        service: state.service.map(|id| id.0),
        slip: slip(held.meta.id),
    }
}
