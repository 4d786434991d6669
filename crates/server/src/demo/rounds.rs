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

/// What is noted besides visits: incidents, leaflets, soft changes, and the board that the community reads.
pub async fn notes(maker: &mut Maker, ground: &Ground, families: &[Family]) -> Result<(), Problem> {
    for (ago, place) in [(5, 0), (33, 0), (61, 0), (12, 1)] {
        let day = maker.today.saturating_sub(i64::from(ago).days());
        let words =
            ("招工的说只要本地户口，外地的不看。", "The recruiter takes local household registers only.");
        let body = json!({
            "kind": "job", "place": ground.places[place], "day": day, "words": maker.say(words),
        });
        maker.enter("incident.record", body).await?;
    }
    let leaflets = [
        (("工资拖欠怎么办", "When wages are not paid"), ("九眼桥劳务市场", "Jiuyanqiao labour market"), 300),
        (
            ("子女在昆明上学要什么材料", "Papers for school in Kunming"),
            ("黄瓜营菜场", "Huangguaying market"),
            180,
        ),
        (("工资拖欠怎么办", "When wages are not paid"), ("火车站", "Railway station"), 500),
    ];
    for (turn, (title, place, copies)) in leaflets.into_iter().enumerate() {
        let day = maker.today.saturating_sub((20 * (turn as i64 + 1)).days());
        let body = json!({
            "title": maker.say(title), "place_text": maker.say(place), "copies": copies, "day": day,
            "languages": [maker.say(("中文", "Chinese")), maker.say(("彝文", "Yi"))],
        });
        maker.enter("leaflet_run.record", body).await?;
    }
    board(maker).await?;
    let people: Vec<Id> =
        families.iter().filter_map(|family| family.adults.first().copied()).take(9).collect();
    for (turn, person) in people.into_iter().enumerate() {
        for (ago, step) in [(90, 1 + turn % 2), (7, 2 + turn % 3)] {
            let day = maker.today.saturating_sub(i64::from(ago).days());
            let body = json!({ "person": person, "dimension": "belonging", "step": step, "day": day });
            maker.enter("soft_change.note", body).await?;
        }
    }
    maker.flush().await
}

async fn board(maker: &mut Maker) -> Result<(), Problem> {
    let day = maker.today.saturating_sub(40.days());
    let body = json!({
        "code": "after_school", "voices": 23, "status": "changed", "public": true, "changed_on": day,
        "said": maker.say(("放学到天黑这段时间，孩子没人看。", "Nobody looks after the children from school to nightfall.")),
        "did": maker.say(("周一到周五开到晚上七点，有志愿者陪写作业。", "Open until seven on weekdays, with volunteers for homework.")),
    });
    maker.enter("board_entry.add", body).await?;
    let body = json!({
        "code": "health", "voices": 14, "status": "working", "public": true,
        "said": maker.say(("打疫苗的地方太远，去一趟要请一天假。", "The vaccination post is far: it costs a day's pay.")),
        "did": maker.say(("正在和卫生服务站商量每月来一次。", "Talking with the health post about a monthly visit here.")),
    });
    maker.enter("board_entry.add", body).await?;
    let body = json!({
        "code": "housing", "voices": 6, "status": "cannot", "public": true,
        "said": maker.say(("希望中心能帮忙租便宜的房子。", "The centre should find us cheaper rooms.")),
        "did": maker.say(("我们不能替人租房，但可以一起看合同、陪着去谈。", "We cannot rent rooms for anybody, but read contracts and come along.")),
    });
    maker.enter("board_entry.add", body).await?;
    let body = json!({
        "code": "job", "voices": 9, "status": "heard",
        "said": maker.say(("想学用电脑做账。", "Would like to learn bookkeeping on a computer.")),
    });
    maker.enter("board_entry.add", body).await?;
    Ok(())
}
