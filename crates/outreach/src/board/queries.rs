//! The board of a site, for the team and for everybody.

use journal::{Node, StoreError};
use kernel::{Actor, Id, ScopeColumns, SiteId, Sql, Use, scope};

use super::views::BoardCard;

static ALL: Sql = Sql { name: "outreach.board", text: "SELECT b.entry FROM board_row b WHERE b.site = $1" };
static PUBLIC: Sql = Sql {
    name: "outreach.board_public",
    text: "SELECT entry FROM board_row WHERE site = $1 AND public = 1 ORDER BY voices DESC, no DESC LIMIT 100",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL, &PUBLIC];

const COLUMNS: ScopeColumns<'static> =
    ScopeColumns { site: "b.site", id: "b.entry", made_by: "b.made_by", within: &["b.entry"] };

/// The board in the actor's scope: what most people said first.
pub async fn list(node: &Node, actor: &Actor) -> Result<Vec<BoardCard>, StoreError> {
    let mut values = vec![actor.site.into()];
    let scoped = scope(actor, "board_entry", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY b.voices DESC, b.no DESC LIMIT 500", ALL.text);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "board_entry", &ids, Use::Read).await?;
    Ok(held.iter().map(BoardCard::of).collect())
}

/// What anybody may read: the entries that are marked public, and nothing else.
pub async fn public(node: &Node, site: SiteId) -> Result<Vec<BoardCard>, StoreError> {
    let rows = node.rows(PUBLIC.text, vec![site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.held_many(site, "board_entry", &ids).await?;
    let cards = held.iter().filter(|held| held.is_live()).map(BoardCard::of);
    Ok(cards.filter(|card| card.public).collect())
}
