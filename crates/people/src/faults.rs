//! What can go wrong with persons, households, stays, ties and places. Numbers 3000–3099.

kernel::problems! {
    /// A person has at least one name of any kind.
    NAME_MISSING = "SK-3001" 422
        zh "缺少姓名" "请至少填写一个姓名；只知道小名也可以。"
        en "Name missing" "Give at least one name; a nickname is enough.";
    /// More entries than a list takes.
    TOO_MANY = "SK-3002" 422
        zh "条目太多" "“{field}”有 {count} 条，最多 {limit} 条。请删去不需要的。"
        en "Too many entries" "\"{field}\" has {count} entries; at most {limit} are taken. Remove those not needed.";
    /// A telephone number has between 5 and 20 digits.
    PHONE = "SK-3003" 422
        zh "电话号码不对" "第 {place} 个电话应有 5 至 20 位数字。请改正；号码不全时可写在备注里。"
        en "Phone not usable" "Phone {place} must have 5 to 20 digits. Correct it; an incomplete number can go into the remark.";
    /// Nobody is born tomorrow.
    BORN_LATER = "SK-3004" 422
        zh "出生日期在将来" "出生日期晚于今天。请改正。"
        en "Born in the future" "The birth date is after today. Correct it.";
    /// An interval ends before it starts.
    ENDS_EARLY = "SK-3005" 422
        zh "结束早于开始" "“{field}”的结束日期早于开始日期。请改正其中一个。"
        en "Ends before it starts" "The end of \"{field}\" is before its start. Correct one of them.";
    /// A person is not a duplicate of itself.
    MERGE_SELF = "SK-3006" 422
        zh "不能与自己合并" "合并的两条记录是同一条。请选择另一条。"
        en "Same record" "A person cannot be merged with itself. Choose the other record.";
    /// The target of a merge is unknown, withdrawn, erased or merged itself.
    MERGE_TARGET = "SK-3007" 409
        zh "不能合并到该记录" "要保留的那条记录已合并、撤回或清除。请刷新后选择仍在使用的那条。"
        en "Cannot merge into it" "The record to keep was merged, withdrawn or erased. Reload and choose the one in use.";
    /// Merged already.
    MERGED = "SK-3008" 409
        zh "已经合并" "这条记录已合并到另一条。如要改变，请先撤销合并。"
        en "Merged already" "This record is merged into another one. Undo that merge first.";
    /// Was never merged.
    NOT_MERGED = "SK-3009" 409
        zh "没有合并过" "这条记录没有合并到别的记录，不需要撤销。"
        en "Not merged" "This record is not merged into another; there is nothing to undo.";
    /// A division code is two, four, six or nine digits.
    PLACE_CODE = "SK-3010" 422
        zh "行政区划代码不对" "“{field}”应为 2、4、6 或 9 位行政区划代码。请从列表中选择。"
        en "Division code not understood" "\"{field}\" must be a division code of 2, 4, 6 or 9 digits. Choose from the list.";
    /// Somebody is a member of a household once at a time.
    MEMBER_TWICE = "SK-3011" 422
        zh "成员重复" "同一个人在这个家庭里重复登记了。请删去一条，或填写不同的时间。"
        en "Member twice" "The same person is in this household twice at the same time. Remove one, or give different dates.";
    /// A tie joins two people.
    TIE_SELF = "SK-3012" 422
        zh "不能与自己建立关系" "关系的两端是同一个人。请选择另一个人。"
        en "Tie to oneself" "Both ends of the tie are the same person. Choose the other one.";
    /// A date is a year, a month or a day.
    DATE = "SK-3013" 422
        zh "日期不对" "“{field}”应写作 2024、2024-03 或 2024-03-05。请改正。"
        en "Date not understood" "Write \"{field}\" like 2024, 2024-03 or 2024-03-05.";
    /// A place needs a name.
    PLACE_NAME = "SK-3014" 422
        zh "缺少地名" "请填写地名。"
        en "Place name missing" "Give the place a name.";
    /// A place is not within itself.
    PLACE_LOOP = "SK-3015" 422
        zh "地点不能属于自己" "一个地点不能以自己为上级。请另选。"
        en "Place within itself" "A place cannot be its own parent. Choose another one.";
    /// A statement that two people are different names two.
    SAME_PERSON = "SK-3016" 422
        zh "是同一条记录" "请选择两条不同的人员记录。"
        en "One record only" "Choose two different people.";
    /// Rent is a sum per month.
    RENT = "SK-3017" 422
        zh "租金不对" "月租金应在 0 至 {limit} 元之间。请改正。"
        en "Rent out of range" "Rent per month is between 0 and {limit} yuan. Correct it.";
    /// An own code.
    CODE = "SK-3018" 422
        zh "代码不对" "“{field}”应为 1 至 40 个小写字母、数字或下划线。请改正。"
        en "Code not usable" "\"{field}\" must be 1 to 40 lower-case letters, digits or underscores. Correct it.";
    /// A consent covers something.
    COVERS_NOTHING = "SK-3019" 422
        zh "没有写明同意什么" "请至少选择一项同意使用的内容，例如姓名或联系电话。"
        en "Covers nothing" "Choose at least one thing that the consent covers, such as name or phone.";
    /// Other purposes are told in words.
    PURPOSE = "SK-3020" 422
        zh "请写明用途" "“其他”用途请用文字说明。"
        en "Say what for" "Say in words what the consent is for.";
    /// A consent is given by somebody.
    GIVER = "SK-3021" 422
        zh "没有写明谁同意" "请选择同意的家长或监护人，或写下其姓名；本人同意请选“本人”。"
        en "Who consents" "Choose the parent or guardian who consents, or write down the name; choose \"The person\" where it is their own consent.";
    /// Young children do not consent by themselves.
    GUARDIAN_NEEDED = "SK-3022" 422
        zh "需要监护人同意" "不满 {age} 周岁的孩子需由父母或其他监护人同意。请改为监护人，并记下孩子本人的意愿。"
        en "A guardian's consent is needed" "For a child under {age} a parent or other guardian consents. Choose the guardian, and note what the child said.";
    /// Spoken consent has a witness.
    WITNESS = "SK-3023" 422
        zh "缺少见证人" "口头同意需要见证人。请选择同事，或写下见证人的姓名。"
        en "Witness missing" "A spoken consent needs a witness. Choose a colleague or write down a name.";
    /// A consent is given or withdrawn on a day that was.
    CONSENT_DAY = "SK-3024" 422
        zh "日期不对" "日期应在 {first} 至 {last} 之间。请改正。"
        en "Date out of range" "The date is between {first} and {last}. Correct it.";
    /// It was withdrawn before.
    WITHDRAWN = "SK-3025" 409
        zh "已经撤回" "这项同意已经撤回。如对方又同意了，请新记一项。"
        en "Withdrawn already" "This consent was withdrawn already. If they agree again, record a new one.";
}
