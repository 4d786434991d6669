//! Where the team goes and what it brings: communities of its rounds, elders, stock, and visits with many effects.

use jiff::ToSpan;
use kernel::{Id, Problem};
use serde_json::json;

use super::{Family, Maker};

const COMMUNITIES: &[(&str, &str)] = &[
    ("虹山社区", "Hongshan"),
    ("六甲村", "Liujia"),
    ("云山小区", "Yunshan Estate"),
    ("黄瓜营", "Huangguaying"),
];
const STOCK: &[((&str, &str), u32)] = &[
    (("儿童冬衣", "Child's winter coat"), 18),
    (("书包", "School bag"), 6),
    (("大米（5 公斤）", "Rice, 5 kg"), 40),
    (("保暖被", "Warm quilt"), 0),
];
const ELDERS: &[(&str, i16)] = &[("杨奶奶", 86), ("李爷爷", 91), ("马奶奶", 82)];
const VOLUNTEERS: &[&str] = &["张阿姨", "刘同学", "陈师傅"];

/// What visits refer to.
pub struct Ground {
    places: Vec<Id>,
    stock: Vec<Id>,
    volunteers: Vec<Id>,
}

/// Communities, stock, volunteers, elders.
pub async fn ground(maker: &mut Maker) -> Result<Ground, Problem> {
    let mut places = Vec::new();
    for name in COMMUNITIES {
        let body = json!({ "name": maker.say(*name), "kind": "urban_village", "rounds": true });
        places.push(maker.enter("place.add", body).await?);
    }
    let mut stock = Vec::new();
    for (name, count) in STOCK {
        let body = json!({
            "name": maker.say(*name), "place_text": maker.say(("二楼仓库", "Store room, second floor")),
            "count": count,
        });
        stock.push(maker.enter("item.create", body).await?);
    }
    let mut volunteers = Vec::new();
    for name in VOLUNTEERS {
        let body = json!({ "names": [{ "kind": "usual", "text": name }], "sex": "U" });
        volunteers.push(maker.enter("person.create", body).await?);
    }
    for (name, age) in ELDERS {
        let birth = json!({ "precision": "year", "year": maker.today.year() - age });
        let body = json!({ "names": [{ "kind": "usual", "text": name }], "sex": "U", "birth": birth });
        maker.enter("person.create", body).await?;
    }
    maker.flush().await?;
    Ok(Ground { places, stock, volunteers })
}

/// Visits of the last weeks, each entered once: who was met and where, what was given, whose time it took, when to look
/// in again.
pub async fn visits(maker: &mut Maker, ground: &Ground, families: &[Family]) -> Result<(), Problem> {
    for (turn, family) in families.iter().take(14).enumerate() {
        let day = maker.today.saturating_sub((1 + 3 * turn as i64).days());
        let place = ground.places[turn % (ground.places.len() - 1)];
        let persons: Vec<Id> = family.adults.iter().chain(&family.children).copied().take(4).collect();
        let volunteer = ground.volunteers[turn % ground.volunteers.len()];
        let follow_up = (turn % 4 == 1).then(|| maker.today.saturating_add((turn as i64 - 3).days()));
        let note = (
            "孩子放学后一个人在家，想看看能不能来托管。",
            "The child is alone after school; would like to come to us.",
        );
        let body = json!({
            "kind": "visit", "day": day, "minutes": 30 + 5 * (turn % 5), "persons": persons,
            "household": family.household, "worker": maker.actor.account, "volunteers": [volunteer],
            "place": place, "note": maker.say(note), "lock": if turn % 2 == 0 { "team" } else { "sealed" },
            "follow_up": follow_up,
        });
        let encounter = maker.enter("encounter.record", body).await?;
        let body = json!({
            "person": volunteer, "minutes": 30 + 15 * (turn % 4), "day": day, "encounter": encounter,
            "purpose": maker.say(("走访", "Visit")),
        });
        maker.enter("hours.log", body).await?;
        if let (0, Some(child)) = (turn % 3, family.children.first()) {
            let body = json!({ "count": 1, "persons": [child], "encounter": encounter, "day": day });
            maker.enter_at("item.give", ground.stock[turn % 3], body).await?;
        }
    }
    maker.flush().await
}
