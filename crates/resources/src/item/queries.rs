//! Finding items, and what went to whom.

use std::collections::HashSet;

use journal::{Node, Row, StoreError, placeholders};
use kernel::page::{Page, limit};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::Item;
use super::views::{GiftCard, ItemCard, ItemPage};

static LIST: Sql = Sql {
    name: "resources.items",
    text: "SELECT i.item FROM item_row i WHERE i.site = $1 AND (i.name > $2 OR (i.name = $2 AND i.item > $3))",
};
static OF_WHOM: Sql = Sql {
    name: "resources.gifts_of",
    text: "SELECT item, gift, day FROM item_gift WHERE site = $1 AND who IN ($2)",
};
static OF_ENCOUNTER: Sql = Sql {
    name: "resources.gifts_of_encounter",
    text: "SELECT item, gift, day FROM item_gift WHERE site = $1 AND encounter = $2 ORDER BY gift LIMIT 2000",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &OF_WHOM, &OF_ENCOUNTER];

const COLUMNS: ScopeColumns<'static> =
    ScopeColumns { site: "i.site", id: "i.item", made_by: "i.made_by", within: &["i.item"] };

/// Items in the actor's scope, by name.
pub async fn list(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<ItemCard>, StoreError> {
    let limit = limit(asked);
    let (name, id) = after.and_then(|text| text.rsplit_once('|')).unwrap_or_default();
    let mut values = vec![actor.site.into(), name.into(), id.into()];
    let scoped = scope(actor, "item", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY i.name, i.item LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "item", &ids, Use::Read).await?;
    let cards = held.iter().map(ItemCard::of).collect();
    Ok(Page::cut(cards, limit, |card: &ItemCard| format!("{}|{}", card.name, card.id)))
}

/// One item with what went to whom, if it is in the actor's scope.
pub async fn page(node: &Node, actor: &Actor, id: Id) -> Result<Option<ItemPage>, StoreError> {
    let held = node.visible_one(actor, "item", id, Use::Read).await?;
    Ok(held.as_ref().map(ItemPage::of))
}

/// What went to these people or households, the latest first.
pub async fn of_whom(
    node: &Node,
    actor: &Actor,
    whom: &[Id],
    asked: usize,
) -> Result<Vec<GiftCard>, StoreError> {
    if whom.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_WHOM.text.replace("$2", &placeholders(2, whom.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(whom.iter().map(|id| Val::from(*id)));
    let sql = format!("{base} ORDER BY day DESC, gift DESC LIMIT {}", limit(asked));
    gifts(node, actor, &node.rows(&sql, values).await?).await
}

/// What was given at an encounter.
pub async fn of_encounter(node: &Node, actor: &Actor, encounter: Id) -> Result<Vec<GiftCard>, StoreError> {
    let rows = node.rows(OF_ENCOUNTER.text, vec![actor.site.into(), encounter.into()]).await?;
    gifts(node, actor, &rows).await
}

async fn gifts(node: &Node, actor: &Actor, rows: &[Row]) -> Result<Vec<GiftCard>, StoreError> {
    let wanted: HashSet<Id> = rows.iter().map(|row| row.id(1)).collect();
    let mut items: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    items.sort_unstable();
    items.dedup();
    let mut cards = Vec::new();
    for held in node.visible(actor, "item", &items, Use::Read).await? {
        let item: Item = journal::state(&held);
        let of_item = item.gifts.iter().filter(|gift| wanted.contains(&gift.id));
        cards.extend(of_item.map(|gift| GiftCard::of(held.meta.id, &item.name, gift)));
    }
    cards.sort_by(|a, b| (&b.day, b.gift).cmp(&(&a.day, a.gift)));
    Ok(cards)
}
