//! Whether people are from elsewhere.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Id, SiteId, Sql};

use crate::sql::{ids, rows_in};

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[&Sql {
    name: "people.origins",
    text: "SELECT person, kind, province, city, since, until FROM stay_row WHERE site = $1 AND person IN ($2) ORDER BY no",
}];

#[derive(Clone, Default)]
struct Places {
    registered: Option<(String, Option<String>)>,
    living: Option<(String, Option<String>)>,
}

/// Whether each of these people is a migrant on a day: registered in another province or prefecture than the one they
/// live in. Whoever's places are not known is missing.
pub async fn origins(
    node: &Node,
    site: SiteId,
    persons: &[Id],
    day: Date,
) -> Result<HashMap<Id, bool>, StoreError> {
    let today = day.to_string();
    let head =
        "SELECT person, kind, province, city, since, until FROM stay_row WHERE site = $1 AND person IN";
    let rows = rows_in(node, site, head, &ids(persons), "ORDER BY no").await?;
    let mut all: HashMap<Id, Places> = HashMap::new();
    for row in &rows {
        let over = row.opt_text(5).is_some_and(|until| until < today.as_str());
        let later = row.opt_text(4).is_some_and(|since| since > today.as_str());
        let Some(province) = row.opt_text(2).filter(|_| !over && !later) else { continue };
        let place = Some((province.to_owned(), row.opt_text(3).map(str::to_owned)));
        let places = all.entry(row.id(0)).or_default();
        match row.text(1) {
            "registered" => places.registered = place,
            "living" => places.living = place,
            _ => {}
        }
    }
    Ok(all.into_iter().filter_map(|(id, places)| Some((id, elsewhere(&places)?))).collect())
}

fn elsewhere(places: &Places) -> Option<bool> {
    let (from, here) = (places.registered.as_ref()?, places.living.as_ref()?);
    if from.0 != here.0 {
        return Some(true);
    }
    Some(from.1.as_ref()? != here.1.as_ref()?)
}
