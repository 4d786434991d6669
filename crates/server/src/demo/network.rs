//! The network around the centre: partners of all five groups, consents, and referrals in every state.

use jiff::ToSpan;
use kernel::{Id, Problem};
use serde_json::json;

use super::words::Both;
use super::{Family, Maker};

/// A service: what, need, for whom, hours, cost, places.
type Offered = (Both, &'static str, Both, Both, Both, Option<u32>);

/// An organisation: name, short form, group, what it does, phone, hours, contact's post and name, services, days since
/// it was verified.
struct Partner {
    name: Both,
    also: &'static str,
    group: &'static str,
    about: Both,
    phone: &'static str,
    contact: (Both, &'static str),
    services: &'static [Offered],
    verified: Option<i64>,
}

const OFFICE: Both = ("周一至周五 9:00–17:00", "Mon–Fri 9:00–17:00");
const FREE: Both = ("免费", "free");

const PARTNERS: &[Partner] = &[
    Partner {
        name: ("青杉区法律援助中心", "Qingshan District Legal Aid Centre"),
        also: "法援",
        group: "government",
        about: (
            "欠薪、工伤、婚姻家庭的法律咨询和代理。",
            "Advice and representation: unpaid wages, work injury, family.",
        ),
        phone: "0870-1234501",
        contact: (("值班律师", "Duty lawyer"), "周律师"),
        services: &[
            (("免费法律咨询", "Free legal advice"), "legal", ("所有人", "anybody"), OFFICE, FREE, None),
            (
                ("讨薪代理", "Help with unpaid wages"),
                "wage",
                ("外来务工人员", "migrant workers"),
                OFFICE,
                FREE,
                None,
            ),
        ],
        verified: Some(20),
    },
    Partner {
        name: ("柳湾街道妇联", "Liuwan Women's Federation"),
        also: "妇联",
        group: "government",
        about: (
            "妇女儿童维权、家庭教育、困难家庭慰问。",
            "Women's and children's rights, parenting, visits to families in need.",
        ),
        phone: "0870-1234502",
        contact: (("儿童主任", "Child welfare officer"), "普姐"),
        services: &[(
            ("困境儿童补助申请", "Allowance for children in need"),
            "income",
            ("18 岁以下", "under 18"),
            OFFICE,
            FREE,
            None,
        )],
        verified: Some(95),
    },
    Partner {
        name: ("清溪第二小学", "Qingxi No. 2 Primary School"),
        also: "二小",
        group: "government",
        about: ("接收随迁子女的公办小学。", "A public primary school that takes migrants' children."),
        phone: "0870-1234503",
        contact: (("教务处", "Academic office"), "何老师"),
        services: &[(
            ("随迁子女入学咨询", "Enrolment of migrants' children"),
            "enrolment",
            ("6–12 岁", "age 6–12"),
            ("每年四月至六月", "April to June"),
            FREE,
            Some(45),
        )],
        verified: Some(40),
    },
    Partner {
        name: ("暖心心理服务社", "Nuanxin Counselling"),
        also: "",
        group: "civil_society",
        about: ("儿童和青少年的心理辅导。", "Counselling for children and young people."),
        phone: "0870-1234504",
        contact: (("预约台", "Front desk"), ""),
        services: &[(
            ("一对一心理辅导", "One-to-one counselling"),
            "psychological",
            ("6–18 岁", "age 6–18"),
            ("周三、周六", "Wed, Sat"),
            ("前六次免费", "six sessions free"),
            Some(8),
        )],
        verified: Some(230),
    },
    Partner {
        name: ("民心诊所", "Minxin Clinic"),
        also: "",
        group: "private",
        about: ("村口的民办诊所，认得大多数街坊。", "The private clinic at the village gate."),
        phone: "0870-1234505",
        contact: (("坐诊医生", "Doctor"), "解医生"),
        services: &[(
            ("儿童体检", "Check-ups for children"),
            "health",
            ("12 岁以下", "under 12"),
            ("每天", "daily"),
            ("每人 20 元", "20 yuan"),
            Some(12),
        )],
        verified: None,
    },
    Partner {
        name: ("都市晚报民生版", "Evening News, city desk"),
        also: "",
        group: "media",
        about: ("报道过两次打工子弟入学。", "Has twice reported on school places for migrants' children."),
        phone: "0870-1234506",
        contact: (("民生记者", "City reporter"), "沈记者"),
        services: &[],
        verified: Some(310),
    },
    Partner {
        name: ("柳湾同乡互助会", "Liuwan Fellow Villagers"),
        also: "同乡会",
        group: "migrants",
        about: (
            "昭通同乡自己的互助会，帮找工作、垫急用钱。",
            "Fellow villagers from Zhaotong who find work and lend in need.",
        ),
        phone: "",
        contact: (("会长", "Chair"), "龙大哥"),
        services: &[(
            ("介绍工作", "Finding work"),
            "job",
            ("同乡", "fellow villagers"),
            ("晚上", "evenings"),
            FREE,
            None,
        )],
        verified: Some(60),
    },
];

/// A partner that was entered, with its services and the needs that they answer.
struct Entered {
    id: Id,
    services: Vec<(Id, &'static str)>,
}

/// Enters the partners, and referrals of the first families.
pub async fn network(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let mut partners = Vec::new();
    for partner in PARTNERS {
        partners.push(entered(maker, partner).await?);
    }
    let mut told = 0;
    for family in families.iter().take(12) {
        let Some(person) = family.adults.first().copied() else { continue };
        let (place, partner) = match told % 3 {
            0 => (1, &partners[0]),
            1 => (0, &partners[1]),
            _ => (0, &partners[3]),
        };
        let (service, code) = partner.services[place];
        refer(maker, (person, partner.id), (service, code), told).await?;
        told += 1;
    }
    maker.flush().await
}

async fn entered(maker: &mut Maker, partner: &Partner) -> Result<Entered, Problem> {
    let also: Vec<&str> = Some(partner.also).filter(|name| !name.is_empty()).into_iter().collect();
    let (post, name) = partner.contact;
    let contact = json!({
        "post": maker.say(post), "name": name, "phone": partner.phone, "hours": maker.say(OFFICE),
    });
    let body = json!({
        "name": maker.say(partner.name), "also": also, "group": partner.group, "about": maker.say(partner.about),
        "phone": partner.phone, "hours": maker.say(OFFICE), "area": maker.say(("青杉区", "Qingshan District")),
        "contacts": [contact],
    });
    let id = maker.enter("organisation.add", body).await?;
    if let Some(days) = partner.verified {
        let on = maker.today.saturating_sub(days.days());
        maker.enter_at("organisation.verify", id, json!({ "on": on })).await?;
    }
    let mut services = Vec::new();
    for (what, code, for_whom, hours, cost, places) in partner.services {
        let body = json!({
            "organisation": id, "what": maker.say(*what), "code": code, "for_whom": maker.say(*for_whom),
            "hours": maker.say(*hours), "cost": maker.say(*cost), "capacity": places,
        });
        let service = maker.enter("service.add", body).await?;
        if let Some(places) = places {
            let free = json!({ "free": places / 3 });
            maker.enter_at("service.count_places", service, free).await?;
        }
        services.push((service, *code));
    }
    Ok(Entered { id, services })
}

async fn refer(
    maker: &mut Maker,
    (person, partner): (Id, Id),
    (service, code): (Id, &str),
    turn: usize,
) -> Result<(), Problem> {
    let body = json!({
        "person": person, "purpose": "referral", "fields": ["need", "phone"], "relation": "own", "proof": "spoken",
        "witness": maker.actor.account, "given_on": maker.today, "expires_on": maker.today.saturating_add(180.days()),
    });
    let consent = maker.enter("consent.record", body).await?;
    let words = match code {
        "wage" => {
            ("工地拖欠两个月工资，希望律师看看怎么要。", "Two months' wages are owed at the building site.")
        }
        "income" => (
            "孩子爸爸受伤在家，想申请补助。",
            "The father is hurt and at home; they want to apply for the allowance.",
        ),
        _ => ("孩子最近不肯上学，晚上睡不好。", "The child refuses school and sleeps badly."),
    };
    let due = maker.today.saturating_add((turn as i64 + 1).days());
    let body = json!({
        "person": person, "organisation": partner, "service": service, "consent": consent, "code": code,
        "told": [{ "group": "need", "text": maker.say(words) }], "owner": maker.actor.account, "due": due,
    });
    let referral = maker.enter("referral.send", body).await?;
    let answer = match turn % 4 {
        1 => Some(("accepted", ("本周内联系。", "We will call this week."))),
        2 => Some(("done", ("已协商解决，拿到大部分。", "Settled; most of it was paid."))),
        3 => Some(("declined", ("名额已满，下月再来。", "Full; please come back next month."))),
        _ => None,
    };
    match answer {
        Some((answer, words)) => {
            let body = json!({ "answer": answer, "words": maker.say(words), "via": "call" });
            maker.enter_at("referral.answer", referral, body).await
        }
        None => Ok(()),
    }
}
