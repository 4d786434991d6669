//! The words of codes in reports, Chinese and English.

/// A code with its words.
pub type Coded = (&'static str, &'static str, &'static str);

/// The words of a code; the code itself where there are none.
pub fn of(table: &[Coded], code: &str) -> (String, String) {
    table
        .iter()
        .find(|entry| entry.0 == code)
        .map_or_else(|| (code.to_owned(), code.to_owned()), |entry| (entry.1.to_owned(), entry.2.to_owned()))
}

/// Sex.
pub const SEX: &[Coded] = &[("F", "女", "Female"), ("M", "男", "Male")];

/// Tenure of the home.
pub const TENURE: &[Coded] = &[
    ("rent", "租房", "Rented"),
    ("public_rent", "公租房、廉租房", "Public rental"),
    ("own", "自有", "Owned"),
    ("kin", "借住亲友处", "With kin or friends"),
    ("dorm", "单位宿舍", "Dormitory"),
];

/// School stages.
pub const STAGE: &[Coded] = &[
    ("none", "未入学", "Not in school yet"),
    ("kindergarten", "幼儿园", "Kindergarten"),
    ("primary", "小学", "Primary school"),
    ("junior", "初中", "Junior middle school"),
    ("senior", "高中", "Senior middle school"),
    ("vocational", "中职", "Vocational school"),
    ("university", "大学", "College or university"),
    ("dropout", "辍学", "Left school"),
    ("finished", "已毕业", "Finished school"),
];

/// Residence permit.
pub const PERMIT: &[Coded] =
    &[("yes", "有", "Yes"), ("no", "没有", "No"), ("pending", "办理中", "Applied for")];

/// Health insurance, where it was coded at import; other words stand for themselves.
pub const INSURANCE: &[Coded] = &[
    ("local", "本地参保", "Insured here"),
    ("home", "老家参保", "Insured at home"),
    ("yes", "已参保", "Insured"),
    ("none", "未参保", "Not insured"),
];

/// Kinds of activities.
pub const ACTIVITY: &[Coded] = &[
    ("dropin", "日常开放", "Drop-in"),
    ("class", "课程", "Class"),
    ("after_school", "课后托管", "After-school care"),
    ("child_care", "幼儿照护", "Child care"),
    ("family_day", "亲子活动", "Family day"),
    ("feast", "节日聚会", "Feast"),
    ("performance", "演出联欢", "Show"),
    ("outing", "短途出游", "Outing"),
    ("trip", "外出", "Trip"),
    ("camp", "营会", "Camp"),
    ("circle", "互助小组", "Circle"),
    ("course", "培训", "Course"),
    ("meeting", "会议", "Meeting"),
    ("screening", "放映", "Screening"),
    ("sports", "运动", "Sports"),
    ("other", "其他", "Other"),
];

/// Provinces by the first two digits of GB/T 2260.
pub const PROVINCE: &[Coded] = &[
    ("11", "北京", "Beijing"),
    ("12", "天津", "Tianjin"),
    ("13", "河北", "Hebei"),
    ("14", "山西", "Shanxi"),
    ("15", "内蒙古", "Inner Mongolia"),
    ("21", "辽宁", "Liaoning"),
    ("22", "吉林", "Jilin"),
    ("23", "黑龙江", "Heilongjiang"),
    ("31", "上海", "Shanghai"),
    ("32", "江苏", "Jiangsu"),
    ("33", "浙江", "Zhejiang"),
    ("34", "安徽", "Anhui"),
    ("35", "福建", "Fujian"),
    ("36", "江西", "Jiangxi"),
    ("37", "山东", "Shandong"),
    ("41", "河南", "Henan"),
    ("42", "湖北", "Hubei"),
    ("43", "湖南", "Hunan"),
    ("44", "广东", "Guangdong"),
    ("45", "广西", "Guangxi"),
    ("46", "海南", "Hainan"),
    ("50", "重庆", "Chongqing"),
    ("51", "四川", "Sichuan"),
    ("52", "贵州", "Guizhou"),
    ("53", "云南", "Yunnan"),
    ("54", "西藏", "Tibet"),
    ("61", "陕西", "Shaanxi"),
    ("62", "甘肃", "Gansu"),
    ("63", "青海", "Qinghai"),
    ("64", "宁夏", "Ningxia"),
    ("65", "新疆", "Xinjiang"),
    ("71", "台湾", "Taiwan"),
    ("81", "香港", "Hong Kong"),
    ("82", "澳门", "Macao"),
];
