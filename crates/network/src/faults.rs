//! What can go wrong with organisations and services. Numbers 3600–3699.

kernel::problems! {
    /// An organisation has a name.
    NAME = "SK-3601" 422
        zh "缺少机构名称" "请填写机构名称。"
        en "Name missing" "Give the organisation a name.";
    /// A service says what it is.
    WHAT = "SK-3602" 422
        zh "没有写明服务内容" "请写明提供什么服务，例如“免费法律咨询”。"
        en "Say what is offered" "Say what the service is, such as \"free legal advice\".";
    /// More entries than a list takes.
    TOO_MANY = "SK-3603" 422
        zh "条目太多" "“{field}”有 {count} 条，最多 {limit} 条。请删去不需要的。"
        en "Too many entries" "\"{field}\" has {count} entries; at most {limit} are taken. Remove those not needed.";
    /// A contact can be told apart from others.
    CONTACT = "SK-3604" 422
        zh "联系人不完整" "第 {place} 个联系人请至少填写岗位、姓名或电话中的一项。"
        en "Contact is empty" "Give contact {place} a post, a name or a phone.";
    /// No more places are free than there are.
    PLACES = "SK-3605" 422
        zh "名额不对" "空余名额不能超过总名额 {capacity}。请改正其中一个。"
        en "Places do not add up" "No more places can be free than the {capacity} that there are. Correct one of them.";
    /// It was verified on a day that was.
    VERIFIED_DAY = "SK-3606" 422
        zh "核实日期不对" "核实日期应在 {first} 至 {last} 之间。请改正。"
        en "Date out of range" "It was verified between {first} and {last}. Correct the date.";
}
