//! Words out of which the demonstration centre is made. All people are invented.

/// Surnames, the common ones several times.
pub const SURNAMES: &[&str] = &[
    "李", "李", "王", "王", "张", "张", "刘", "陈", "杨", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡",
    "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "董", "程", "曹",
    "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "覃", "单", "解", "尉迟", "欧阳", "龙", "普", "木", "和",
    "阿",
];
/// Given names of women and girls.
pub const FEMALE: &[&str] = &[
    "娜", "秀英", "桂兰", "玉珍", "春燕", "小红", "丽华", "晓芳", "雪梅", "思雨", "雨桐", "梓涵", "欣怡",
    "诗琪", "静", "敏", "艳", "婷婷", "美玲", "翠花", "金凤", "慧", "兰", "琳", "佳怡", "若曦", "子萱", "雁",
    "云", "莲",
];
/// Given names of men and boys.
pub const MALE: &[&str] = &[
    "伟", "强", "建国", "志明", "海涛", "勇", "军", "磊", "浩然", "子轩", "宇航", "俊杰", "文博", "天佑",
    "建华", "德福", "光明", "大山", "小龙", "鹏", "超", "斌", "一鸣", "梓睿", "沐阳", "石头", "国庆", "春生",
    "来福", "𠮷",
];
/// Nicknames that go with nobody's papers.
pub const NICKNAMES: &[&str] =
    &["小胖", "豆豆", "妞妞", "阿杰", "毛毛", "乐乐", "二宝", "囡囡", "小虎", "甜甜"];
/// Home counties: county, city and province codes are the leading digits.
pub const HOMES: &[(&str, &str)] = &[
    ("530628", "青杠乡"),
    ("530627", "落雁镇"),
    ("511502", "柳林镇"),
    ("522327", "石门乡"),
    ("532504", "荞子塝"),
    ("530326", "大桥乡"),
    ("520502", "清水镇"),
    ("513434", "南箐镇"),
];
/// Where people live in the city.
pub const QUARTERS: &[&str] = &["上柳湾村", "北营村", "清溪花园工棚", "青杉小区", "菜市场后街"];
/// Work of the grown-ups.
pub const WORK: &[(&str, &str)] = &[
    ("卖菜", "vegetable seller"),
    ("木工", "carpenter"),
    ("超市理货", "shelf stocker"),
    ("工地小工", "building labourer"),
    ("保洁", "cleaner"),
    ("快递员", "courier"),
    ("收废品", "scrap collector"),
    ("缝纫", "seamstress"),
];
/// A text in Chinese and in English.
pub type Both = (&'static str, &'static str);
/// Kind, title, place, weekday, start, end.
pub type Weekly = (&'static str, Both, Both, i8, &'static str, &'static str);

/// Activities: kind, title and place in both languages, weekday (1 Monday), start, end.
pub const ACTIVITIES: &[Weekly] = &[
    ("class", ("四点半课堂", "After-school class"), ("中心二楼", "Second floor"), 3, "16:30", "18:30"),
    ("dropin", ("周五开放夜", "Friday drop-in"), ("中心院子", "Courtyard"), 5, "19:00", "21:00"),
    ("circle", ("妈妈刺绣小组", "Mothers' embroidery circle"), ("手工房", "Craft room"), 2, "19:30", "21:00"),
    (
        "family_day",
        ("周六亲子读书会", "Saturday reading with parents"),
        ("图书角", "Book corner"),
        6,
        "09:30",
        "11:30",
    ),
    (
        "screening",
        ("露天电影", "Open-air film"),
        ("北营村篮球场", "Beiying basketball court"),
        7,
        "19:30",
        "21:30",
    ),
    ("course", ("家政技能班", "Housekeeping course"), ("中心二楼", "Second floor"), 4, "14:00", "16:00"),
];
/// Dishes of a feast; who has none of them has not said yet.
pub const DISHES: &[(&str, &str)] = &[
    ("酸汤鱼", "Fish in sour soup"),
    ("荞麦粑粑", "Buckwheat cakes"),
    ("腊肉炒蕨菜", "Smoked pork with fern"),
    ("坨坨肉", "Boulder pork"),
    ("凉拌折耳根", "Fishwort salad"),
    ("糯米饭", "Sticky rice"),
];
/// Needs: code and the words in which they were heard.
pub const NEEDS: &[(&str, (&str, &str))] = &[
    (
        "after_school",
        (
            "放学没人接，想参加课后托管",
            "Nobody can fetch the child after school; would like after-school care",
        ),
    ),
    (
        "enrolment",
        ("明年上小学，不知道要哪些材料", "Starts school next year; does not know which papers are needed"),
    ),
    ("wage", ("去年工地的工钱还没结清", "Wages of last year's building site are still owed")),
    (
        "health",
        ("奶奶膝盖疼，想问哪里看病便宜", "Grandmother's knee hurts; asks where treatment is affordable"),
    ),
    ("school_transfer", ("想转到离家近的学校", "Would like a school closer to home")),
    (
        "psychological",
        ("最近不爱说话，总想老家的爷爷", "Has become quiet and misses the grandfather at home"),
    ),
    ("clothing", ("孩子长得快，冬衣小了", "The child has grown out of the winter coat")),
    (
        "permit_help",
        ("居住证到期不会网上续", "The residence permit runs out; does not know how to renew it online"),
    ),
    (
        "festival_stay",
        (
            "春节回不去，想留下来一起过年",
            "Cannot go home for the Spring Festival; would like to celebrate here",
        ),
    ),
    ("job", ("想找离孩子近一点的活", "Looks for work closer to the child")),
];
/// Notes of visits.
pub const NOTES: &[(&str, &str)] = &[
    ("家里三口人都在，孩子在写作业。", "All three were at home; the child was doing homework."),
    ("妈妈刚下夜班，聊了半小时。", "The mother had come from the night shift; talked for half an hour."),
    ("房东说下个月要涨租。", "The landlord is going to raise the rent next month."),
    ("送去了活动通知，答应周六来。", "Brought the programme; they promised to come on Saturday."),
];
